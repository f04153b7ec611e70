import fc from 'fast-check';
import { Bitmap } from '../../bitmap';
import { openingsOf } from '../__testUtils__/openingsOf';
import {
  doneBefore,
  OPTIONS,
  playContent,
  START,
} from '../__testUtils__/playContent';
import { HOUR, SimulatedStore } from '../__testUtils__/SimulatedFleet';
import { policies } from '../__testUtils__/simulatedFleets';
import { contentReached, followContent } from '../contentRollout';
import { RolloutPace } from '../RolloutPace';
import { RolloutSimulation } from './RolloutSimulation';

const HOURS = 9 * 24;

interface Store extends SimulatedStore {
  /** Whether it has the content before it begins. */
  readonly has: boolean;
}

/** Stores that report after the same time; some fail, some are offline all the time. */
const fleets = fc
  .record({
    delay: fc.constantFrom(1, 2, 7),
    stores: fc.array(
      fc.record({
        has: fc.constantFrom(false, false, true),
        ring: fc.nat(2),
        open: fc.constantFrom<readonly number[]>([], [2, 3], [22], [0, 12]),
        onlineFrom: fc.constantFrom(0, 0, 0, 0, 10 * HOURS),
        fails: fc.constantFrom(false, false, false, true),
        // Always, or never: how long it lasts nobody foresees.
        undeliverable: fc.constantFrom<SimulatedStore['undeliverable']>(
          ...[undefined, undefined, [-1, 10 * HOURS] as const],
        ),
      }),
      { minLength: 1, maxLength: 12 },
    ),
  })
  .map(({ delay, stores }) =>
    stores.map((store): Store => ({ ...store, delay, joins: 0 })),
  );

function simulate(
  policy: RolloutPace,
  stores: readonly Store[],
  hasBefore: boolean,
  subject: string,
) {
  const rings = policy.rings.map(({ name }) => name);
  const from = new Date(START);
  const { rollout } = followContent(hasBefore ? doneBefore(rings) : undefined, {
    ...{ ...OPTIONS, subject, rings, now: from },
  });
  const size = stores.length;
  const where = (test: (store: Store) => boolean) =>
    Bitmap.of(
      size,
      stores.flatMap((store, i) => (test(store) ? [i] : [])),
    );
  const none = Bitmap.empty(size);
  const hourOf = (time: number) => Math.floor(time / HOUR) % 24;
  let steadyUntil = -Infinity;
  return RolloutSimulation.create({
    ...{ rollout: rollout!, from, versions: new Map() },
    delivered: where(({ has }) => has),
    policy: hasBefore ? policy : { ...policy, onFailure: 'stop' },
    reached: contentReached(rollout!, { policy, onMain: OPTIONS.release }),
    clusters: new Map(
      rings.map((name, i) => [name, where(({ ring }) => ring === i)]),
    ),
    reported: {
      ...{ healthy: none, failed: none },
      unreachable: where(({ onlineFrom }) => onlineFrom > 0),
    },
    undeliverable: where(({ undeliverable }) => undeliverable !== undefined),
    holds: {
      at(time) {
        steadyUntil = time - (time % HOUR) + HOUR;
        return where(
          ({ open }) => open.length > 0 && !open.includes(hourOf(time)),
        );
      },
      openings: time => openingsOf(stores, time),
      get steadyUntil() {
        return steadyUntil;
      },
    },
    assumptions: {
      reportAfter: stores[0].delay * HOUR,
      failing: where(({ fails }) => fails),
    },
    until: new Date(START + HOURS * HOUR),
    frequency: HOUR,
  });
}

describe('content that is simulated', () => {
  it('comes to each store when it really does, and goes back as it does', () => {
    fc.assert(
      fc.property(
        policies,
        fleets,
        fc.constantFrom(
          ...[
            { subject: 'namespaces/bar', before: true },
            { subject: 'namespaces/bar', before: false },
            { subject: 'groups/bar', before: true },
            { subject: 'groups/bar', before: false },
          ],
        ),
        (policy, unspread, { subject, before }) => {
          const stores = unspread.map(store => ({
            ...store,
            ring: store.ring % policy.rings.length,
          }));
          const rings = policy.rings.map(({ name }) => name);
          const real = playContent(
            policy,
            stores,
            HOURS + 1,
            before ? doneBefore(rings) : undefined,
            { subject, had: stores.flatMap(({ has }, i) => (has ? [i] : [])) },
          );
          const simulation = simulate(policy, stores, before, subject);
          while (simulation.next());
          const { rollout, moves } = simulation.result();
          expect(moves.map(({ from, to, ring }) => [from, to, ring])).toEqual(
            real.moves,
          );
          expect(rollout.phase).toBe(real.rollout.phase);
          const gone = new Set(real.went.map(({ store }) => store));
          const arrivals = stores.map((_, i) => simulation.arrivals.of(i));
          const came = new Map(
            real.came.map(({ store, hour }) => [
              store,
              new Date(START + hour * HOUR),
            ]),
          );
          expect(arrivals).toEqual(
            stores.map((_, i) => (gone.has(i) ? undefined : came.get(i))),
          );
        },
      ),
      { numRuns: 100 },
    );
  });
});
