import fc from 'fast-check';
import { Snapshot } from '../snapshot';
import { fleets, selectors } from '../__testUtils__/fleets';
import { pins, withVersion } from '../__testUtils__/pins';
import { decideOne, Fleet } from '../__testUtils__/reference';
import { decide } from './decide';

/** For each cluster what the engine and what the reference decides. */
function bothDecide(fleet: Fleet) {
  const snapshot = Snapshot.create(fleet);
  expect(snapshot.problems).toEqual([]);
  const baseline = new Map(
    Object.entries(fleet.baseline).map(([name, clusters]) => [
      name,
      snapshot.bitmapOf(clusters),
    ]),
  );
  const plan = decide({
    snapshot,
    decisions: fleet.decisions,
    baseline: { applications: baseline },
    now: fleet.now ?? new Date(0),
  });
  const applications = [...plan.applications.values()];
  const decided = snapshot.clusters.map((_, number) => {
    const refused: Record<string, string> = {};
    for (const { name, refusals } of applications) {
      for (const { step, clusters } of refusals)
        if (clusters.has(number)) refused[name] = step;
    }
    return {
      targets: applications
        .filter(({ targets }) => targets.has(number))
        .map(({ name }) => name),
      placed: applications
        .filter(({ placed }) => placed.has(number))
        .map(({ name }) => name),
      refused,
    };
  });
  const expected = snapshot.clusters.map(cluster => decideOne(fleet, cluster));
  return { decided, expected };
}

const NAMES = ['a0', 'a1', 'a2', 'a3', 'a4', 'a5', 'a6'];

describe('decide', () => {
  it('agrees with the reference also where overrides pin versions', () => {
    fc.assert(
      fc.property(
        fleets,
        fc.array(pins(NAMES, selectors), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 0, max: 8 }),
        fc.record({
          requests: fc.constantFrom<Record<string, string>>(
            {},
            { cpu: '2' },
            { cpu: '9' },
          ),
          dependsOn: fc.subarray(['a0', 'a1', 'a2'], { maxLength: 1 }),
        }),
        (fleet, overrides, now, needs) => {
          const { applications, policies } = fleet.decisions;
          const { decided, expected } = bothDecide({
            ...fleet,
            now: new Date(now),
            decisions: {
              ...fleet.decisions,
              applications: withVersion(applications, '3.0.0', needs),
              policies: new Map([
                ...policies,
                ...overrides.map(
                  override => [override.metadata.name, override] as const,
                ),
              ]),
            },
          });
          expect(decided).toEqual(expected);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('agrees with the reference on every cluster and application', () => {
    fc.assert(
      fc.property(fleets, fleet => {
        const { decided, expected } = bothDecide(fleet);
        expect(decided).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });

  it('gives the same again once what it decided runs', () => {
    fc.assert(
      fc.property(fleets, fleet => {
        const snapshot = Snapshot.create(fleet);
        const once = (
          applications: ReadonlyMap<string, ReturnType<Snapshot['bitmapOf']>>,
        ) =>
          new Map(
            [
              ...decide({
                snapshot,
                decisions: fleet.decisions,
                baseline: { applications },
                now: new Date(0),
              }).applications,
            ].map(([name, { placed }]) => [name, placed]),
          );
        const first = once(new Map());
        expect(once(first)).toEqual(first);
      }),
      { numRuns: 100 },
    );
  });
});
