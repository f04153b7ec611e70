import fc from 'fast-check';
import { Snapshot } from '../snapshot';
import { fleets } from '../__testUtils__/fleets';
import { decideOne } from '../__testUtils__/reference';
import { decide } from './decide';

describe('decide', () => {
  it('agrees with the reference on every cluster and application', () => {
    fc.assert(
      fc.property(fleets, fleet => {
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
          now: new Date(0),
        });
        snapshot.clusters.forEach((cluster, number) => {
          const applications = [...plan.applications.values()];
          const refused: Record<string, string> = {};
          for (const { name, refusals } of applications) {
            for (const { step, clusters } of refusals)
              if (clusters.has(number)) refused[name] = step;
          }
          expect({
            targets: applications
              .filter(({ targets }) => targets.has(number))
              .map(({ name }) => name),
            placed: applications
              .filter(({ placed }) => placed.has(number))
              .map(({ name }) => name),
            refused,
          }).toEqual(decideOne(fleet, cluster));
        });
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
