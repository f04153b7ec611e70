import fc from 'fast-check';
import { SimulatedFleet, SimulatedStore } from './__testUtils__/SimulatedFleet';
import { policies, stores } from './__testUtils__/simulatedFleets';
import { RolloutPace } from './RolloutPace';

const well = stores({ fails: fc.constant(false) });
const sick = stores({ fails: fc.boolean() });
const ENDS = ['done', 'rolled-back', 'overtaken'];

/** Applications by one policy, each on stores of its own. */
function setOf(
  policy: RolloutPace,
  fleets: readonly (readonly SimulatedStore[])[],
): SimulatedFleet[] {
  return fleets.map(
    fleet =>
      new SimulatedFleet(
        policy,
        fleet.map(store => ({
          ...store,
          ring: store.ring % policy.rings.length,
        })),
        { reports: true, people: true },
      ),
  );
}

function run(set: readonly SimulatedFleet[], hours: number): void {
  for (let hour = 0; hour < hours; hour++) SimulatedFleet.stepSet(set);
}

/** Rings to which the release came on stores while a member under way had it not on main. */
function cameAlone(set: readonly SimulatedFleet[]): string[] {
  const found: string[] = [];
  for (const [i, fleet] of set.entries()) {
    for (const { hour, world, rollout, changed, has } of fleet.steps) {
      for (const [name, clusters] of world.clusters) {
        const came = changed.some(
          store => clusters.has(store) && has[store] === rollout.release,
        );
        if (!came) continue;
        for (const [j, other] of set.entries()) {
          const theirs = other.steps[hour];
          const { phase, release } = theirs.rollout;
          if (i === j || ENDS.includes(phase) || phase === 'rolling-back')
            continue;
          if (theirs.world.reached.get(name) !== release)
            found.push(`hour ${hour}: ${name} of ${i} without ${j}`);
        }
      }
    }
  }
  return found;
}

describe('a set of applications', () => {
  it('comes to each ring together, and ends everywhere, where all is well', () => {
    fc.assert(
      fc.property(
        policies,
        fc.array(well, { minLength: 2, maxLength: 3 }),
        (policy, fleets) => {
          const set = setOf(policy, fleets);
          run(set, 40 * 24);
          expect(cameAlone(set)).toEqual([]);
          expect(set.map(({ rollout }) => rollout.phase)).toEqual(
            set.map(() => 'done'),
          );
          // None is done before the others.
          const ends = set.map(
            ({ steps }) =>
              steps.find(({ rollout }) => rollout.phase === 'done')!.hour,
          );
          expect(new Set(ends).size).toBe(1);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('stops or is taken back as a whole, whichever fails', () => {
    fc.assert(
      fc.property(
        policies,
        fc.array(sick, { minLength: 2, maxLength: 3 }),
        (policy, fleets) => {
          const set = setOf(policy, fleets);
          run(set, 30 * 24);
          expect(cameAlone(set)).toEqual([]);
          const phases = new Set(set.map(({ rollout }) => rollout.phase));
          expect([...phases]).toHaveLength(1);
          const back = set.filter(
            ({ rollout }) => rollout.phase === 'rolled-back',
          );
          expect(back.every(({ delivered }) => delivered.isEmpty())).toBe(true);
        },
      ),
      { numRuns: 30 },
    );
  });
});
