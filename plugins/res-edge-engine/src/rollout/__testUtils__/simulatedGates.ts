import { RolloutGate } from '@res-edge/backstage-plugin-res-edge-common';
import fc from 'fast-check';
import { GateState } from '../GateReading';
import { RingPace, RolloutPace } from '../RolloutPace';
import { SimulatedFleet, SimulatedGates } from './SimulatedFleet';
import { policies } from './simulatedFleets';

const RINGS = ['beta', 'pilot', 'prod'];
const hours = fc.constantFrom(undefined, '1h', '3h', '26h');
const anyGate = fc.record({
  for: hours,
  timeout: hours,
  onNoData: fc.constantFrom<RolloutGate['onNoData'][]>(
    undefined,
    'hold',
    'pass',
    'fail',
  ),
});
const gatesOfRings = fc.tuple(
  ...RINGS.map(() => fc.array(anyGate, { maxLength: 2 })),
);

/** Policies with up to two gates in each ring. */
export const gatedPolicies: fc.Arbitrary<RolloutPace> = fc
  .tuple(policies, gatesOfRings)
  .map(([policy, shown]) => ({
    ...policy,
    rings: policy.rings.map(
      (ring, i): RingPace => ({
        ...ring,
        gates: shown[i].map((each, number) => ({
          ...{ name: `${ring.name}-${number}`, type: 'simulated', ...each },
        })),
      }),
    ),
  }));

const gateStates = fc.array(
  fc.constantFrom<GateState>('passing', 'passing', 'failing', 'no-data'),
  { maxLength: 40 },
);
const gateNames = RINGS.flatMap(name => [`${name}-0`, `${name}-1`]);
const gateHours = fc.tuple(...gateNames.map(() => gateStates));
/** What gates show, hour by hour. */
export const gates = gateHours.map(
  (all): SimulatedGates =>
    Object.fromEntries(all.map((states, i) => [gateNames[i], states])),
);
/** All of them pass all the time. */
export const goodGates: SimulatedGates = Object.fromEntries(
  gateNames.map(name => [name, ['passing' as const]]),
);
/** In the end all of them pass, and none of them stops what it holds. */
export const patient = fc
  .tuple(gatedPolicies, gates)
  .map(([policy, shown]) => ({
    policy: {
      ...policy,
      rings: policy.rings.map(each => ({
        ...each,
        gates: each.gates!.map(({ timeout, ...gate }) => gate),
      })),
    },
    gates: Object.fromEntries(
      Object.entries(shown).map(([name, states]) => [
        name,
        [...states, 'passing' as const],
      ]),
    ),
  }));

const HOURS = { '1h': 1, '3h': 3, '26h': 26 };
const inHours = (text: string | undefined) =>
  text === undefined ? 0 : HOURS[text as keyof typeof HOURS];

/** What a gate shows in so many hours before a step, and in it. */
function seen(
  fleet: SimulatedFleet,
  { name, onNoData }: RolloutGate,
  hour: number,
  length: number,
): (GateState | undefined)[] {
  return Array.from({ length: length + 1 }, (_, back) => {
    const state = fleet.gateState(name, hour - back);
    if (hour - back < 0) return undefined;
    if (state !== 'no-data' || !onNoData || onNoData === 'hold') return state;
    return onNoData === 'pass' ? 'passing' : 'failing';
  });
}

/** No ring is done while a gate of it does not pass, nor stops one for a gate that did not fail so long. */
export function checkGates(fleet: SimulatedFleet): void {
  for (const { hour, moves, world } of fleet.steps) {
    for (const { ring: name, from, to, actor, cause } of moves) {
      const ringOf = fleet.policy.rings.find(each => each.name === name);
      if (ringOf && from === 'soaking' && to === 'done' && !actor) {
        if (world.clusters.get(ringOf.name)!.isEmpty()) continue;
        for (const gate of ringOf.gates ?? []) {
          const states = seen(fleet, gate, hour, inHours(gate.for));
          expect(states.every(state => state === 'passing')).toBe(true);
        }
      }
      const [, stopper] = /^Gate '(.*)' of ring/.exec(cause) ?? [];
      if (stopper === undefined) continue;
      const gate = fleet.policy.rings
        .flatMap(({ gates: own = [] }) => own)
        .find(each => each.name === stopper)!;
      const states = seen(fleet, gate, hour, inHours(gate.timeout));
      expect(gate.timeout).toBeDefined();
      expect(states.every(state => state === 'failing')).toBe(true);
    }
  }
}
