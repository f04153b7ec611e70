import { EdgeGroupEntity } from '@res-edge/backstage-plugin-res-edge-common';
import fc from 'fast-check';
import { Bitmap } from '../bitmap';
import {
  application,
  decisions,
  namespace,
  prohibition,
} from '../__testUtils__/build';
import { snapshotChanges } from '../__testUtils__/changes';
import { fleets, selectors } from '../__testUtils__/fleets';
import { Baseline, Decisions, DecideInput, Plan } from '../model';
import { Snapshot, SnapshotChanges } from '../snapshot';
import { decide } from './decide';
import { decideNext } from './decideNext';

const APPLICATIONS = ['a0', 'a1', 'a2', 'a3', 'a4', 'a5', 'a6'];
const SPACES = ['n0', 'n1', 'n2', 'n3'];
const written = fc.oneof(
  selectors,
  fc.constantFrom(
    'cluster.attributes.lanes >= 2',
    'cluster.',
    '/n/n0 or /n/n1',
    '/n/n2',
    '/c/*',
    '/c/c7',
    '/g/geo.west',
    '/g/nowhere',
    'cluster.groups.exists(g, g == "beta")',
  ),
);
const amounts = fc.dictionary(
  fc.constantFrom('cpu', 'memory'),
  fc.constantFrom('0', '1', '2', '3500m', '8', 'much'),
);

type Change = (before: Decisions) => Decisions;
const replaced = <T>(map: ReadonlyMap<string, T>, name: string, item?: T) => {
  const next = new Map(map);
  if (item === undefined) next.delete(name);
  else next.set(name, item);
  return next;
};

const applicationChange: fc.Arbitrary<Change> = fc
  .record({
    name: fc.constantFrom(...APPLICATIONS),
    gone: fc.boolean(),
    version: fc.constantFrom('1.0.0', '2.0.0'),
    options: fc.record(
      {
        namespace: fc.constantFrom(...SPACES, undefined),
        requests: amounts,
        requires: fc.array(
          fc.constantFrom(
            'cluster.attributes.lanes >= 1',
            '/n/n1',
            'cluster.nothing',
            'not /c/c2',
          ),
          { maxLength: 2 },
        ),
        dependsOn: fc.subarray([...APPLICATIONS, 'nobody'], { maxLength: 2 }),
        priority: fc.constantFrom(undefined, 0, 10, -5),
        labels: fc.constantFrom(undefined, { content: 'alcohol' }),
      },
      { requiredKeys: ['namespace'] },
    ),
    part: fc.constantFrom('all', 'priority', 'version', 'requests', 'requests'),
  })
  .map(({ name, gone, version, options, part }) => before => {
    const known = before.applications.get(name);
    let next = application(name, { ...options, version });
    if (known && part !== 'all') {
      // An equal copy, in which one thing may differ.
      const copy = structuredClone(known);
      next = {
        entity: {
          ...copy.entity,
          spec: {
            ...copy.entity.spec,
            ...(part === 'priority' && { priority: options.priority }),
          },
        },
        releases: copy.releases.map(release => ({
          ...release,
          ...(part === 'version' && { version, digest: `other-${version}` }),
          ...(part === 'requests' && { requests: options.requests ?? {} }),
        })),
      };
    }
    const isGone = gone && part === 'all' && version === '2.0.0';
    return {
      ...before,
      applications: replaced(
        before.applications,
        name,
        isGone ? undefined : next,
      ),
    };
  });

const namespaceChange: fc.Arbitrary<Change> = fc
  .record({
    name: fc.constantFrom(...SPACES),
    selector: fc.option(written, { nil: undefined }),
    quota: fc.option(amounts, { nil: undefined }),
    gone: fc.integer({ min: 0, max: 4 }),
  })
  .map(({ name, selector, quota, gone }) => before => ({
    ...before,
    namespaces: replaced(
      before.namespaces,
      name,
      gone === 0
        ? undefined
        : decisions({
            namespaces: [namespace(name, selector, quota)],
          }).namespaces.get(name),
    ),
  }));

const policyChange: fc.Arbitrary<Change> = fc
  .record({
    name: fc.constantFrom('p0', 'p1', 'p2'),
    reason: fc.constantFrom('law', 'taste'),
    applications: fc.oneof(
      fc.record({ names: fc.subarray(APPLICATIONS, { minLength: 1 }) }),
      fc.constantFrom({ matchLabels: { content: 'alcohol' } }, {}),
    ),
    clusters: written,
    gone: fc.boolean(),
  })
  .map(({ name, gone, ...spec }) => before => ({
    ...before,
    policies: replaced(
      before.policies,
      name,
      gone ? undefined : prohibition(name, spec),
    ),
  }));

type BaselineChange = 'keep' | 'delivered' | 'half' | 'unknown';
const step = fc.record({
  facts: fc.option(snapshotChanges, { nil: {} }),
  decisions: fc.array(
    fc.oneof(applicationChange, namespaceChange, policyChange),
    { maxLength: 2 },
  ),
  baseline: fc.constantFrom<BaselineChange>(
    'keep',
    'keep',
    'delivered',
    'half',
    'unknown',
  ),
});

function baselineAfter(
  change: BaselineChange,
  plan: Plan,
  before: Baseline,
  snapshot: Snapshot,
): Baseline {
  const moved = (sets: ReadonlyMap<string, Bitmap>) =>
    new Map(
      Array.from(sets, ([name, set]) => [
        name,
        snapshot.bitmapOf(plan.snapshot.namesOf(set)),
      ]),
    );
  const placed = new Map(
    Array.from(plan.applications, ([name, item]) => [name, item.placed]),
  );
  switch (change) {
    case 'delivered':
      return {
        applications: moved(placed),
        namespaces: moved(plan.namespaces),
      };
    case 'half':
      return {
        applications: new Map([...moved(placed)].slice(0, 3)),
        namespaces: new Map([...moved(plan.namespaces)].slice(0, 1)),
      };
    case 'unknown':
      return { applications: new Map() };
    default:
      return {
        applications: moved(before.applications),
        ...(before.namespaces && { namespaces: moved(before.namespaces) }),
      };
  }
}

/** All of a plan, in its order. */
const textOf = ({ snapshot, ...plan }: Plan) =>
  JSON.stringify({
    ...plan,
    snapshot: [snapshot.size, snapshot.problems],
    applications: [...plan.applications],
    namespaces: [...plan.namespaces],
    namespaceReleases: [...plan.namespaceReleases],
  });

function groupsOf({ groups }: Snapshot): EdgeGroupEntity[] {
  const below = (name: string): EdgeGroupEntity[] => [
    groups.get(name)!,
    ...groups.children(name).flatMap(below),
  ];
  return groups.roots.flatMap(below);
}

describe('decideNext', () => {
  it('gives byte for byte what a full plan gives', () => {
    fc.assert(
      fc.property(
        fleets,
        fc.array(step, { minLength: 1, maxLength: 5 }),
        (fleet, history) => {
          const first = Snapshot.create(fleet);
          let input: DecideInput = {
            snapshot: first,
            decisions: fleet.decisions,
            baseline: {
              applications: new Map(
                Object.entries(fleet.baseline).map(([name, clusters]) => [
                  name,
                  first.bitmapOf(clusters),
                ]),
              ),
            },
            now: new Date(0),
          };
          let plan = decide(input);
          for (const { facts, decisions: changes, baseline } of history) {
            const snapshot = input.snapshot.update(facts as SnapshotChanges);
            const next: DecideInput = {
              snapshot,
              decisions: changes.reduce(
                (before, change) => change(before),
                input.decisions,
              ),
              baseline: baselineAfter(baseline, plan, input.baseline, snapshot),
              now: new Date(0),
            };
            plan = decideNext({ input, plan }, next);
            input = next;
            const full = decide({
              ...next,
              snapshot: Snapshot.create({
                clusters: snapshot.clusters,
                groups: groupsOf(snapshot),
              }),
            });
            expect(textOf(plan)).toBe(textOf(full));
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});
