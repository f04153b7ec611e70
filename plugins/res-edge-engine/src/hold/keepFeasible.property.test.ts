import fc from 'fast-check';
import {
  application,
  cluster as clusterOf,
  decisions,
  namespace,
} from '../__testUtils__/build';
import { Bitmap } from '../bitmap';
import { decide } from '../decide';
import { Baseline, Decisions, Holds, Plan, releaseOn } from '../model';
import { Snapshot } from '../snapshot';
import { keepFeasible } from './keepFeasible';

function baselineOf({ applications, namespaces }: Plan): Baseline {
  return {
    applications: new Map(
      [...applications].map(([name, { placed }]) => [name, placed]),
    ),
    namespaces,
  };
}

function versionsOf({ applications }: Plan) {
  return new Map(
    [...applications].map(
      ([
        name,
        {
          placed,
          releases: [wanted],
        },
      ]) => [name, new Map([[wanted.release.version, placed]])],
    ),
  );
}

const NAMES = ['a0', 'a1', 'a2', 'a3', 'a4'];
const CLUSTERS = ['c0', 'c1', 'c2', 'c3'];

/** Releases of five applications: where they want to be, what they take and need; only of those before them. */
const releases = fc.tuple(
  ...NAMES.map((name, index) =>
    fc.record({
      name: fc.constant(name),
      on: fc.subarray(CLUSTERS, { minLength: 1 }),
      cpu: fc.integer({ min: 0, max: 4 }),
      needs: fc.subarray(NAMES.slice(0, index), {
        maxLength: Math.min(index, 2),
      }),
      priority: fc.constantFrom(0, 0, 5),
    }),
  ),
);

const room = fc.integer({ min: 3, max: 9 }).map(cpu => ({ cpu: String(cpu) }));

function decided(
  list: typeof releases extends fc.Arbitrary<infer T> ? T : never,
  version: string,
  quota: Record<string, string>,
): Decisions {
  return decisions({
    namespaces: [
      namespace('n0', { all: true }, quota),
      namespace('n1', { all: true }),
    ],
    applications: list.map(({ name, on, cpu, needs, priority }, index) =>
      application(name, {
        namespace: `n${index % 2}`,
        version,
        requests: { cpu: String(cpu) },
        dependsOn: needs,
        priority,
        requires: [`cluster.name in ${JSON.stringify(on)}`],
      }),
    ),
  });
}

/** What is on a cluster when holds are kept, in the plainest way: name and version. */
function delivered(
  name: string,
  cluster: number,
  before: Plan,
  after: Plan,
  holds: Holds,
): string | undefined {
  const held = holds.applications.get(name)?.has(cluster);
  const plan = (held ? before : after).applications.get(name)!;
  return plan.placed.has(cluster)
    ? releaseOn(plan, cluster)?.release.version
    : undefined;
}

/** What does not fit or is not complete on a cluster. */
function wrongs(
  snapshot: Snapshot,
  [before, after]: [Decisions, Decisions],
  deliveredHere: (name: string) => string | undefined,
  cluster: number,
): string[] {
  const there = NAMES.flatMap(name => {
    const version = deliveredHere(name);
    if (version === undefined) return [];
    const { applications } = version === '2' ? after : before;
    const {
      entity,
      releases: [release],
    } = applications.get(name)!;
    return [{ name, namespace: entity.spec.namespace, release }];
  });
  const names = new Set(there.map(({ name }) => name));
  const cpu = (namespaceName?: string) =>
    there
      .filter(one => [undefined, one.namespace].includes(namespaceName))
      .reduce((sum, { release }) => sum + Number(release.requests.cpu), 0);
  const quota = after.namespaces.get('n0')!.entity.spec.resources!.quota!;
  const { capacity } = snapshot.clusters[cluster].spec;
  return [
    ...there.flatMap(({ name, release }) =>
      release.dependsOn
        .filter(needed => !names.has(needed))
        .map(needed => `${name} without ${needed}`),
    ),
    ...(cpu() > Number(capacity!.cpu) ? ['the cluster is full'] : []),
    ...(cpu('n0') > Number(quota.cpu) ? ['the quota is full'] : []),
  ];
}

describe('keepFeasible', () => {
  it('keeps what is delivered complete and within bounds', () => {
    let followed = 0;
    fc.assert(
      fc.property(
        releases,
        releases,
        room,
        fc.tuple(...CLUSTERS.map(() => room)),
        fc.dictionary(
          fc.constantFrom(...NAMES),
          fc.subarray([0, 1, 2, 3], { minLength: 1 }),
          { minKeys: 1 },
        ),
        fc.subarray(NAMES),
        (first, second, quota, capacities, held, behind) => {
          const snapshot = Snapshot.create({
            clusters: CLUSTERS.map((name, i) =>
              clusterOf(name, { capacity: capacities[i] }),
            ),
            groups: [],
          });
          const now = new Date(0);
          const old = decided(first, '1', quota);
          const next = decided(second, '2', quota);
          const nothing = { applications: new Map() };
          const before = decide({
            ...{ snapshot, now, decisions: old, baseline: nothing },
          });
          const baseline = baselineOf(before);
          const after = decide({ snapshot, now, decisions: next, baseline });
          const direct = {
            applications: new Map(
              Object.entries(held).map(([name, clusters]) => [
                name,
                Bitmap.of(snapshot.size, clusters),
              ]),
            ),
            namespaces: new Map(),
          };
          const behindGroups = new Map(
            [...direct.applications].filter(([name]) => behind.includes(name)),
          );
          const { holds, following } = keepFeasible(
            {
              plan: after,
              decisions: next,
              baseline,
              versions: versionsOf(before),
              needsOf: (name, version) =>
                (version === '2' ? next : old).applications.get(name)!
                  .releases[0],
            },
            { ...direct, behindGroups },
          );
          followed += following.length;
          for (let number = 0; number < snapshot.size; number++) {
            const found = wrongs(
              snapshot,
              [old, next],
              name => delivered(name, number, before, after, holds),
              number,
            );
            expect(found).toEqual([]);
            // What waits for groups alone lets the cluster's values go on, with all that waits behind it.
            const isFirm = Object.entries(held).some(
              ([name, clusters]) =>
                !behind.includes(name) && clusters.includes(number),
            );
            const behindHere = following
              .filter(({ clusters }) => clusters.has(number))
              .map(({ application: name }) =>
                holds.behindGroups?.get(name)?.has(number),
              );
            expect(behindHere).toEqual(behindHere.map(() => !isFirm));
          }
          for (const [name, clusters] of direct.applications) {
            const missing = clusters
              .clone()
              .andNot(holds.applications.get(name)!);
            expect([...missing]).toEqual([]);
          }
        },
      ),
      { numRuns: 400 },
    );
    // The fleets are such that it matters.
    expect(followed).toBeGreaterThan(100);
  });

  it('holds nothing where nothing is held', () => {
    fc.assert(
      fc.property(releases, releases, room, (first, second, quota) => {
        const snapshot = Snapshot.create({
          clusters: CLUSTERS.map(name => clusterOf(name)),
          groups: [],
        });
        const now = new Date(0);
        const baseline = { applications: new Map() };
        const old = decided(first, '1', quota);
        const before = decide({ snapshot, now, decisions: old, baseline });
        const next = decided(second, '2', quota);
        const known = baselineOf(before);
        const plan = decide({
          ...{ snapshot, now, decisions: next, baseline: known },
        });
        const nothing = { applications: new Map(), namespaces: new Map() };
        const input = {
          ...{ plan, decisions: next, baseline: known },
          versions: versionsOf(before),
          needsOf: () => undefined,
        };
        expect(keepFeasible(input, nothing)).toEqual({
          holds: nothing,
          following: [],
        });
      }),
    );
  });
});
