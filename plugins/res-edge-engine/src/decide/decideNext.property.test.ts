import { EdgeGroupEntity } from '@res-edge/backstage-plugin-res-edge-common';
import fc from 'fast-check';
import { Bitmap } from '../bitmap';
import {
  application,
  decisions,
  namespace,
  prohibition,
  rollout,
} from '../__testUtils__/build';
import { snapshotChanges } from '../__testUtils__/changes';
import { pins, withVersion } from '../__testUtils__/pins';
import { fleets, inStages, selectors, stages } from '../__testUtils__/fleets';
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
    staged: fc.option(stages, { nil: undefined, freq: 2 }),
  })
  .map(({ name, gone, version, options, part, staged }) => before => {
    const known = before.applications.get(name);
    let next = staged
      ? inStages(name, { ...options, version }, staged)
      : application(name, { ...options, version });
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
        ...(copy.emptyRings && { emptyRings: copy.emptyRings }),
        releases: copy.releases.map(each => ({
          ...each,
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

/** A promotion, or a step back: one line says something else. */
const promotion: fc.Arbitrary<Change> = fc
  .record({
    name: fc.constantFrom(...APPLICATIONS),
    from: fc.nat(3),
    ring: fc.constantFrom('beta', 'pilot', 'prod', 'all'),
  })
  .map(({ name, from, ring }) => before => {
    const known = before.applications.get(name);
    const reached = known?.releases[from % known.releases.length];
    if (!known || !reached) return before;
    return {
      ...before,
      applications: replaced(before.applications, name, {
        entity: known.entity,
        releases: [
          ...known.releases.filter(other => other.ring !== ring),
          { ...reached, ring },
        ],
        emptyRings: (known.emptyRings ?? []).filter(other => other !== ring),
      }),
    };
  });

const rolloutChange: fc.Arbitrary<Change> = fc
  .record({
    name: fc.constantFrom('r0', 'r1'),
    rings: fc.uniqueArray(
      fc.tuple(fc.constantFrom('beta', 'pilot', 'prod'), written),
      { selector: ([ring]) => ring, minLength: 1 },
    ),
    gone: fc.integer({ min: 0, max: 4 }),
  })
  .map(({ name, rings, gone }) => before => {
    const policies = [
      undefined,
      prohibition(name, { applications: {}, clusters: { all: true } }),
      rollout(name, Object.fromEntries(rings)),
    ];
    const policy = policies[Math.min(gone, 2)];
    return { ...before, policies: replaced(before.policies, name, policy) };
  });

/** Pins begin and end while the clock goes on; of a version, too, that no ring has. */
const pinChange: fc.Arbitrary<Change> = fc
  .record({
    pinned: pins(APPLICATIONS, written),
    gone: fc.integer({ min: 0, max: 4 }),
  })
  .map(({ pinned, gone }) => before => {
    const { name } = pinned.metadata;
    return {
      ...before,
      applications: withVersion(before.applications, '3.0.0'),
      policies: replaced(
        before.policies,
        name,
        gone === 0 ? undefined : pinned,
      ),
    };
  });

type BaselineChange = 'keep' | 'delivered' | 'half' | 'unknown';
const step = fc.record({
  facts: fc.option(snapshotChanges, { nil: {} }),
  decisions: fc.array(
    fc.oneof(
      applicationChange,
      namespaceChange,
      policyChange,
      promotion,
      rolloutChange,
      pinChange,
      pinChange,
    ),
    { maxLength: 2 },
  ),
  /** Of the clock. */
  passed: fc.integer({ min: 0, max: 3 }),
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
    rollouts: [...plan.rollouts],
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
          for (const {
            facts,
            decisions: changes,
            baseline,
            passed,
          } of history) {
            const snapshot = input.snapshot.update(facts as SnapshotChanges);
            const next: DecideInput = {
              snapshot,
              decisions: changes.reduce(
                (before, change) => change(before),
                input.decisions,
              ),
              baseline: baselineAfter(baseline, plan, input.baseline, snapshot),
              now: new Date(input.now.getTime() + passed),
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
