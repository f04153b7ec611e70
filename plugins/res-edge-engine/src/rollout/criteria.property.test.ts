import fc from 'fast-check';
import { SimulatedFleet, Step } from './__testUtils__/SimulatedFleet';
import { policies, stores } from './__testUtils__/simulatedFleets';
import { RingPace } from './RolloutPace';

const HOURS: Readonly<Record<string, number>> = { '1h': 1, '3h': 3, '26h': 26 };

/** Whether enough stores of a ring are healthy, counted one by one. */
function isMet({ world }: Step, { name, success = '95%' }: RingPace): boolean {
  const { delivered, held, reported, undeliverable } = world;
  const all = [...world.clusters.get(name)!];
  const reachable = all.filter(store => !reported!.unreachable.has(store));
  const counted = reachable.filter(
    store =>
      delivered.has(store) || !(held.has(store) || undeliverable!.has(store)),
  );
  const healthy = reachable.filter(
    store => delivered.has(store) && reported!.healthy.has(store),
  );
  const needed = Math.ceil(
    (parseInt(String(success), 10) * counted.length) / 100,
  );
  return all.length === 0 || healthy.length >= Math.max(1, needed);
}

/** Whether more have failed than may. */
function hasFailed(
  { world }: Step,
  { name, failure = '5%' }: RingPace,
): boolean {
  const { delivered, reported } = world;
  const reachable = [...world.clusters.get(name)!].filter(
    store => !reported!.unreachable.has(store),
  );
  const failed = reachable.filter(
    store => delivered.has(store) && reported!.failed.has(store),
  );
  const most =
    typeof failure === 'number'
      ? failure
      : Math.floor((parseInt(failure, 10) * reachable.length) / 100);
  return failed.length > most;
}

describe('a ring', () => {
  it('is done once it has met its criteria for as long as it soaks, and no next one begins before (demands 8, 9)', () => {
    fc.assert(
      fc.property(
        policies,
        stores({ fails: fc.boolean() }),
        (policy, unspread) => {
          const fleet = new SimulatedFleet(
            policy,
            unspread.map(store => ({
              ...store,
              ring: store.ring % policy.rings.length,
            })),
            { reports: true, people: true },
          );
          fleet.run(20 * 24);
          const wrong: string[] = [];
          const ended = new Set<string>();
          for (const [hour, step] of fleet.steps.entries()) {
            for (const { ring: name, to } of step.moves) {
              const place = policy.rings.findIndex(ring => ring.name === name);
              const ring = policy.rings[place];
              if (to === 'rolling' && place > 0) {
                const former = policy.rings[place - 1].name;
                const isBack = fleet.steps[hour - 1]?.rollout.rings[place];
                if (!ended.has(former) && isBack?.phase !== 'soaking')
                  wrong.push(`hour ${hour}: ${name} before ${former}`);
              }
              if (to !== 'done' || !ring) continue;
              ended.add(ring.name);
              const soak = HOURS[ring.soak ?? ''] ?? 0;
              const soaking = fleet.steps.slice(
                Math.max(0, hour - soak),
                hour + 1,
              );
              if (hour < soak || !soaking.every(each => isMet(each, ring)))
                wrong.push(`hour ${hour}: ${name} is done too early`);
              if (soaking.some(each => hasFailed(each, ring)))
                wrong.push(`hour ${hour}: ${name} is done with failures`);
            }
          }
          expect(wrong).toEqual([]);
        },
      ),
      { numRuns: 100 },
    );
  });
});
