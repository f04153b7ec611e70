import fc from 'fast-check';
import { Bitmap } from '../../bitmap';
import {
  HOUR,
  SimulatedFleet,
  SimulatedStore,
} from '../__testUtils__/SimulatedFleet';
import { openingsOf } from '../__testUtils__/openingsOf';
import { RingPace, RolloutPace } from '../RolloutPace';
import { RolloutSimulation } from './RolloutSimulation';
import { RolloutSimulationInput } from './SimulatedRollout';

const RINGS = ['beta', 'pilot', 'prod'];
const DAYS = 9;
const NEVER = 10 * DAYS * 24;

const hours = fc.constantFrom(undefined, '1h', '3h', '26h');
const ring = fc.record({
  atOnce: fc.constantFrom(undefined, 1, 3, '20%', '100%'),
  success: fc.constantFrom(undefined, '50%', '100%'),
  failure: fc.constantFrom(undefined, '0%', 1, '20%'),
  soak: hours,
  batchDelay: hours,
  deferAfter: hours,
  approval: fc.constantFrom(undefined, false, true),
  gate: fc.constantFrom(undefined, undefined, '1h', '26h'),
});
/** What the simulation assumes of them. */
const gates = { good: ['passing' as const] };
const policies: fc.Arbitrary<RolloutPace> = fc
  .record({
    rings: fc.array(ring, { minLength: 1, maxLength: 3 }),
    onFailure: fc.constantFrom<RolloutPace['onFailure'][]>(
      undefined,
      'stop',
      'rollBack',
    ),
  })
  .map(({ rings, onFailure }) => ({
    rings: rings.map(
      ({ gate, ...each }, i): RingPace => ({
        ...{ name: RINGS[i], ...each },
        ...(gate && {
          gates: [{ name: 'good', type: 'simulated', for: gate }],
        }),
      }),
    ),
    onFailure,
  }));

/** Stores that report after the same time; some fail, some are offline all the time. */
const fleets = fc
  .record({
    delay: fc.constantFrom(1, 2, 7),
    stores: fc.array(
      fc.record({
        ring: fc.nat(2),
        open: fc.constantFrom<readonly number[]>([], [2, 3], [22], [0, 12]),
        onlineFrom: fc.constantFrom(0, 0, 0, 0, NEVER),
        fails: fc.constantFrom(false, false, false, true),
      }),
      { minLength: 1, maxLength: 12 },
    ),
  })
  .map(({ delay, stores }) =>
    stores.map((store): SimulatedStore => ({ ...store, delay, joins: 0 })),
  );

/** What a simulation of the fleet as it is now starts from. */
function inputOf(
  fleet: SimulatedFleet,
  options: { people: boolean; until: number },
): RolloutSimulationInput {
  const { stores, policy, rollout, now } = fleet;
  const world = fleet.world();
  const size = stores.length;
  const hourOf = (time: number) => Math.floor(time / HOUR) % 24;
  let steadyUntil = -Infinity;
  return {
    ...{ rollout, policy },
    reached: fleet.reached,
    clusters: world.clusters,
    delivered: world.delivered,
    versions: new Map(),
    ...(world.reported && { reported: world.reported }),
    holds: {
      at(time) {
        steadyUntil = time - (time % HOUR) + HOUR;
        return Bitmap.of(
          size,
          stores.flatMap(({ open }, i) =>
            open.length === 0 || open.includes(hourOf(time)) ? [] : [i],
          ),
        );
      },
      openings: time => openingsOf(stores, time),
      get steadyUntil() {
        return steadyUntil;
      },
    },
    assumptions: {
      reportAfter: stores[0].delay * HOUR,
      failing: Bitmap.of(
        size,
        stores.flatMap(({ fails }, i) => (fails ? [i] : [])),
      ),
      ...(options.people && { approveAfter: 0 }),
    },
    from: now,
    until: new Date(now.getTime() + options.until * HOUR),
    frequency: HOUR,
  };
}

describe('a simulated rollout', () => {
  it.each([
    ['reports', true],
    ['silence', false],
  ])('goes as the real one does, with %s', (_, reports) => {
    fc.assert(
      fc.property(policies, fleets, fc.boolean(), (policy, stores, people) => {
        const inRings = stores.map(store => ({
          ...store,
          ring: store.ring % policy.rings.length,
        }));
        const real = new SimulatedFleet(policy, inRings, {
          reports,
          people,
          gates,
        });
        const simulation = RolloutSimulation.create(
          inputOf(real, { people, until: DAYS * 24 }),
        );
        const { release } = real.rollout;
        const from = real.now.getTime();
        const told: number[] = [];
        for (let hour = simulation.next(); hour; hour = simulation.next())
          told.push(
            hour.rings
              .flatMap(({ versions }) => versions)
              .reduce((sum, { clusters }) => sum + clusters, 0),
          );
        real.run(DAYS * 24 + 1);
        const result = simulation.result();
        const moves = real.steps.flatMap(step => step.moves);
        expect(result.moves.filter(({ actor }) => !actor)).toEqual(moves);
        expect(result.rollout.rings).toEqual(real.rollout.rings);
        expect(result.rollout.phase).toBe(real.rollout.phase);
        // As each hour begins, before what happens at it; at the end, where nothing changes any more, there are none.
        const reallyTold = real.steps.map(({ world }) =>
          world.delivered.count(),
        );
        expect(told).toEqual(reallyTold.slice(0, told.length));
        expect(new Set(reallyTold.slice(told.length)).size).toBeLessThan(2);
        // Of each store, when it was told last, unless it was taken back.
        inRings.forEach((_store, i) => {
          const last = real.steps.findLast(({ changed }) =>
            changed.includes(i),
          );
          const arrival =
            last?.has[i] === release
              ? new Date(from + last.hour * HOUR)
              : undefined;
          expect(simulation.arrivals.of(i)).toEqual(arrival);
        });
      }),
      { numRuns: 100 },
    );
  });

  it('goes as a real set does, where applications are promoted together', () => {
    fc.assert(
      fc.property(
        policies,
        fc.array(fleets, { minLength: 2, maxLength: 3 }),
        fc.boolean(),
        (policy, unspread, people) => {
          const set = unspread.map(
            stores =>
              new SimulatedFleet(
                policy,
                stores.map(store => ({
                  ...store,
                  ring: store.ring % policy.rings.length,
                })),
                { reports: true, people, gates },
              ),
          );
          const [input, ...others] = set.map(fleet =>
            inputOf(fleet, { people, until: DAYS * 24 }),
          );
          const simulation = RolloutSimulation.create(input, others);
          while (simulation.next());
          for (let hour = 0; hour <= DAYS * 24; hour++)
            SimulatedFleet.stepSet(set);
          const [real] = set;
          const { rollout, moves } = simulation.result();
          expect(moves.filter(({ actor }) => !actor)).toEqual(
            real.steps.flatMap(step => step.moves),
          );
          expect(rollout.rings).toEqual(real.rollout.rings);
          expect(rollout.phase).toBe(real.rollout.phase);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('goes on from where a real one stands', () => {
    fc.assert(
      fc.property(policies, fleets, fc.nat(100), (policy, stores, begun) => {
        const inRings = stores.map(store => ({
          ...store,
          ring: store.ring % policy.rings.length,
          // Reports that are on their way come at their own time; here none is.
          delay: 1,
        }));
        const real = new SimulatedFleet(policy, inRings, {
          ...{ reports: true, people: true, gates },
        });
        real.run(begun);
        const simulation = RolloutSimulation.create(
          inputOf(real, { people: true, until: DAYS * 24 }),
        );
        while (simulation.next());
        real.run(DAYS * 24 + 1);
        const { rollout } = simulation.result();
        expect(rollout.phase).toBe(real.rollout.phase);
        expect(rollout.rings.map(({ phase }) => phase)).toEqual(
          real.rollout.rings.map(({ phase }) => phase),
        );
      }),
      { numRuns: 100 },
    );
  });
});
