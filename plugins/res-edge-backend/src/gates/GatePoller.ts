import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { GateMeasurement } from '@res-edge/backstage-plugin-res-edge-common';
import { judgeMeasurement } from '@res-edge/backstage-plugin-res-edge-engine';
import { GateReadingStore, StoredGateReading } from '../database';
import { FleetView } from '../service/FleetView';
import { DueGate, dueGates, leastLatelyFirst } from './dueGates';
import { isValid, readingOf } from './gateReadings';
import { GateTypes } from './GateTypes';

/** At the same time: a few that are slow do not hold up the others. */
const CONCURRENT = 8;
/** In milliseconds, whatever a reader does. */
const TIMEOUT = 30_000;
/** Messages are for people. */
const MAX_MESSAGE = 500;
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f]/g;

/** What reading gates works with. @internal */
export interface GatePollerOptions {
  readonly store: Pick<
    GateReadingStore,
    'latest' | 'gateReadings' | 'saveGateReading'
  >;
  readonly types: Pick<GateTypes, 'get'>;
  readonly view: () => FleetView | undefined;
  readonly logger: LoggerService;
  /** How long a reading counts, in milliseconds. */
  readonly validFor: number;
  /** Told where a gate came into another state. */
  readonly onChange: (reason: string) => void;
  readonly now?: () => Date;
}

/**
 * Reads the gates of rings that are under way, beside the plan loop, which looks at what is written down: a system that is slow
 * holds up nothing but its own ring.
 *
 * @internal
 */
export class GatePoller {
  private constructor(private readonly options: GatePollerOptions) {}

  static create(options: GatePollerOptions): GatePoller {
    return new GatePoller(options);
  }

  /** Reads all once. */
  async poll(signal: AbortSignal): Promise<void> {
    const { store, view: readView } = this.options;
    const view = readView();
    if (!view) return;
    const due = dueGates(await store.latest(), view);
    if (due.length === 0) return;
    const before = await store.gateReadings([
      ...new Set(due.map(({ rollout }) => rollout)),
    ]);
    const rest = leastLatelyFirst(due, before).values();
    const work = async () => {
      for (const gate of rest) {
        if (signal.aborted) return;
        await this.read(gate, before, signal);
      }
    };
    await Promise.all(Array.from({ length: CONCURRENT }, work));
  }

  private async read(
    due: DueGate,
    readings: readonly StoredGateReading[],
    signal: AbortSignal,
  ): Promise<void> {
    const { store, validFor, now = () => new Date() } = this.options;
    const { rollout, ring, gate } = due;
    const judged = judgeMeasurement(gate, await this.measure(due, signal));
    const at = now();
    const before = readingOf(readings, due);
    // What nobody looked at for long may have been otherwise meanwhile.
    const goesOn = before?.state === judged.state && isValid(before, at);
    await store.saveGateReading({
      ...{ rollout, ring, gate, ...judged },
      message: judged.message.replace(CONTROL, ' ').slice(0, MAX_MESSAGE),
      since: goesOn ? before.since : at.toISOString(),
      at: at.toISOString(),
      until: new Date(at.getTime() + validFor).toISOString(),
    });
    if (before?.state !== judged.state)
      this.options.onChange(
        `gate '${gate.name}' of ring '${ring}' of ${due.application}`,
      );
  }

  /** Whatever goes wrong is no data. */
  private async measure(
    due: DueGate,
    signal: AbortSignal,
  ): Promise<GateMeasurement> {
    const { type } = due.gate;
    const reader = this.options.types.get(type);
    if (!reader)
      return { message: `Nothing here reads gates of type '${type}'` };
    const timeout = AbortSignal.timeout(TIMEOUT);
    try {
      const request = { ...due, signal: AbortSignal.any([signal, timeout]) };
      return await Promise.race([
        reader.read(request),
        rejectedBy(request.signal),
      ]);
    } catch (error) {
      const reason = isError(error) ? error.message : 'It could not be read';
      const message = timeout.aborted
        ? `It was not read within ${TIMEOUT / 1000} seconds`
        : reason;
      this.options.logger.debug(
        `Gate '${due.gate.name}' of ${due.application}: ${message}`,
      );
      return { message };
    }
  }
}

function rejectedBy(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), {
      once: true,
    });
  });
}
