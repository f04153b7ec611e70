import {
  GateMeasurement,
  GateOperator,
  RolloutGate,
} from '@res-edge/backstage-plugin-res-edge-common';

/** How a gate stands by what was read of it. @public */
export type GateState = 'passing' | 'failing' | 'no-data';

/** What was read of a gate. @public */
export interface GateReading {
  readonly state: GateState;
  readonly value?: number;
  /** What was read, in words. */
  readonly message: string;
  /** Since when it is in this state without a break, as ISO 8601. */
  readonly since: string;
  /** When it was read. */
  readonly at: string;
}

const COMPARE: Record<GateOperator, (a: number, b: number) => boolean> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** What the value of a gate is compared with; a share as percent. Undefined where it has no threshold. @public */
export function gateThreshold(
  gate: RolloutGate,
): { operator: GateOperator; threshold: number } | undefined {
  const { threshold } = gate;
  if (threshold === undefined) return undefined;
  const operator = 'operator' in gate ? gate.operator : undefined;
  return {
    operator: operator ?? '>=',
    threshold:
      typeof threshold === 'number'
        ? threshold
        : Number(threshold.slice(0, -1)),
  };
}

/** What a measurement means for a gate. What is no number is no data. @public */
export function judgeMeasurement(
  gate: RolloutGate,
  { result = 'no-data', value, message }: GateMeasurement,
): Pick<GateReading, 'state' | 'value' | 'message'> {
  const limit = gateThreshold(gate);
  if (!limit) {
    const state = { pass: 'passing', fail: 'failing', 'no-data': 'no-data' };
    return {
      state: state[result] as GateState,
      ...(value !== undefined && Number.isFinite(value) && { value }),
      message: message ?? `The answer is ${result}`,
    };
  }
  if (value === undefined || !Number.isFinite(value))
    return { state: 'no-data', message: message ?? 'There is no value' };
  const { operator, threshold } = limit;
  const passes = COMPARE[operator](value, threshold);
  return {
    state: passes ? 'passing' : 'failing',
    value,
    message: `${message === undefined ? '' : `${message}; `}${value} is ${
      passes ? '' : 'not '
    }${operator} ${threshold}`,
  };
}
