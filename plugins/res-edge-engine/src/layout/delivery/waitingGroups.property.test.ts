import fc from 'fast-check';
import { Bitmap } from '../../bitmap';
import { DeliveredShard, Holds, ShardRendering } from '../../model';
import {
  renderingInput,
  TestCluster,
  TestFleet,
} from '../__testUtils__/renderingInput';
import type { DeliveryInput } from './DeliveryInput';
import { DeliveryRenderer } from './DeliveryRenderer';

type Delivered = ReadonlyMap<string, DeliveredShard>;
type Values = Record<string, string>;
/** The groups that wait on each cluster. */
type Waiting = Record<string, readonly string[]>;

/** `web` and `geo` are of one strength; `geo` is above `geo.tx`. */
const PARENTS = { geo: undefined, 'geo.tx': 'geo', web: undefined } as const;
const GROUPS = ['geo', 'geo.tx', 'web'] as const;
const CLUSTERS = ['one', 'two', 'three'];
/** What each version of the application reads. */
const READS: Record<string, string[]> = {
  '1': ['k'],
  '2': ['k', 'l'],
  '3': [],
};

const free: Waiting = Object.fromEntries(CLUSTERS.map(name => [name, []]));

interface Step {
  values: Record<(typeof GROUPS)[number], Values>;
  component: boolean;
  version: string;
  clusters: Record<string, TestCluster>;
  waiting: Waiting;
}

const values = fc.dictionary(
  fc.constantFrom('k', 'l', 'm'),
  fc.constantFrom('1', '2', "it's # group web", 'a "b"'),
);
const step: fc.Arbitrary<Step> = fc.record({
  values: fc.record({ geo: values, 'geo.tx': values, web: values }),
  component: fc.boolean(),
  version: fc.constantFrom('1', '2', '3'),
  clusters: fc.record(
    Object.fromEntries(
      CLUSTERS.map(name => [
        name,
        fc.record({
          groups: fc.subarray(['geo', 'geo.tx', 'web'], { minLength: 1 }),
          values: fc.oneof(fc.constant({}), values),
        }),
      ]),
    ),
  ),
  waiting: fc.record(
    Object.fromEntries(CLUSTERS.map(name => [name, fc.subarray([...GROUPS])])),
  ),
});

function fleetOf({
  values: set,
  component,
  version,
  clusters,
}: Step): TestFleet {
  return {
    clusters,
    groups: Object.fromEntries(
      GROUPS.map(name => [
        name,
        { parent: PARENTS[name], values: set[name], rollout: 'rings' },
      ]),
    ),
    ...(component && { components: { web: ['till'] } }),
    namespaces: { shop: CLUSTERS },
    applications: {
      till: {
        ...{ namespace: 'shop', version, objects: ['t'] },
        ...{ keys: READS[version], on: CLUSTERS },
      },
    },
  };
}

/** Each literal with its origin, and each release of a group. */
function read(delivered: Delivered, cluster: string) {
  const folder = delivered.get('s1')?.clusters.get(cluster);
  const text = folder?.values ?? '';
  const lines = [...text.matchAll(/^ {6}- (?:'|")(\w+)=(.*) # (.*)$/gm)];
  return {
    values: new Map(
      lines.map(([, key, value, from]) => [key, { value, from }]),
    ),
    releases: new Map(
      [...text.matchAll(/^# group (\S+) (\S+)$/gm)].map(
        ([, group, release]): [string, string] => [group, release],
      ),
    ),
    bill: folder?.bill,
  };
}

const isIn = (groups: readonly string[] = [], name: string) =>
  groups.some(group => group === name || group.startsWith(`${name}.`));

/** What a cluster shall have of a key, and from where, said plainly; undefined where two groups disagree. */
function expected(
  key: string,
  { values: set, clusters, waiting }: Step,
  cluster: string,
  before: { value: string; from: string } | undefined,
): string | undefined {
  const { groups, values: own = {} } = clusters[cluster];
  const waits = (name: string) => waiting[cluster].includes(name);
  if (own[key] !== undefined) return 'cluster';
  const setters = GROUPS.filter(
    name => isIn(groups, name) && !waits(name) && set[name][key] !== undefined,
  );
  // The lower of two wins; of two that are not one below the other none.
  const strongest = setters.filter(
    name => !(name === 'geo' && setters.includes('geo.tx')),
  );
  const disagree = new Set(strongest.map(name => set[name][key])).size > 1;
  const winner = disagree ? undefined : strongest.at(0);
  const held = before?.from.replace('group ', '');
  if (before && held !== undefined && waits(held)) {
    const isBelow = held === 'geo' && winner === 'geo.tx';
    return isBelow ? `group ${winner}` : before.from;
  }
  if (winner !== undefined) {
    const sorted = [...strongest].sort(
      (a, b) => b.length - a.length || (a < b ? -1 : 1),
    );
    return sorted[0] === winner ? `group ${winner}` : `group ${sorted[0]}`;
  }
  const would = waiting[cluster].some(
    name => set[name as (typeof GROUPS)[number]][key] !== undefined,
  );
  return would ? before?.from : undefined;
}

/** Where each group waits that was delivered before: what is new on a cluster waits for nothing. */
function holdsOf(
  renderer: DeliveryRenderer,
  input: DeliveryInput,
  { waiting }: Step,
): Holds | undefined {
  const { snapshot } = input.plan;
  const groups = new Map<string, Bitmap>();
  for (const name of GROUPS) {
    const held = snapshot
      .bitmapOf(CLUSTERS.filter(cluster => waiting[cluster].includes(name)))
      .and(snapshot.groupMembers(name));
    if (!held.isEmpty()) groups.set(name, held);
  }
  return groups.size === 0 ? undefined : renderer.behindGroups(input, groups);
}

const bytesOf = (shards: readonly ShardRendering[]) =>
  shards.map(({ shard, clusters, changes }) => ({ shard, clusters, changes }));

describe('groups that wait', () => {
  it('keep what they have, let others go on, and leave a bill that builds', () => {
    let waited = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 5 }), steps => {
        const renderer = DeliveryRenderer.create();
        let delivered: Delivered = new Map();
        for (const [i, one] of steps.entries()) {
          const waits = i === 0 ? { ...one, waiting: free } : one;
          // Who is not in a group waits for nothing of it.
          const now = { ...waits, waiting: membersOnly(waits) };
          const input = renderingInput(fleetOf(now), delivered);
          const holds = holdsOf(renderer, input, now);
          const shards = [...renderer.render({ ...input, holds }).shards];
          const fresh = DeliveryRenderer.create();
          expect(bytesOf(shards)).toEqual(
            bytesOf([...fresh.render({ ...input, holds }).shards]),
          );
          const before = delivered;
          delivered = new Map([
            ...delivered,
            ...shards.map(shard => [shard.shard, shard.delivered] as const),
          ]);
          for (const cluster of CLUSTERS) {
            check(now, input, cluster, before, delivered);
            waited += now.waiting[cluster].length;
          }
          // Written again, nothing changes.
          const again = renderingInput(fleetOf(now), delivered);
          const held = holdsOf(fresh, again, now);
          expect([...fresh.render({ ...again, holds: held }).shards]).toEqual(
            [],
          );
        }
      }),
      { numRuns: 200 },
    );
    expect(waited).toBeGreaterThan(100);
  });
});

function membersOnly({ clusters, waiting }: Step): Waiting {
  return Object.fromEntries(
    CLUSTERS.map(name => [
      name,
      waiting[name].filter(group => isIn(clusters[name].groups, group)),
    ]),
  );
}

function check(
  now: Step,
  { decisions }: DeliveryInput,
  cluster: string,
  before: Delivered,
  after: Delivered,
) {
  const [was, is] = [read(before, cluster), read(after, cluster)];
  const waits = (group: string) => now.waiting[cluster].includes(group);
  for (const key of ['k', 'l', 'm']) {
    const from = expected(key, now, cluster, was.values.get(key));
    const found = is.values.get(key);
    // What an application reads that stays is kept, though nobody sets it.
    if (from === undefined)
      expect(found ?? was.values.get(key)).toEqual(was.values.get(key));
    else expect(found?.from).toBe(from);
    // Nothing that a waiting group says now has come.
    if (found && waits(found.from.replace('group ', '')))
      expect(found).toEqual(was.values.get(key));
  }
  for (const name of GROUPS) {
    if (!isIn(now.clusters[cluster].groups, name))
      expect(is.releases.has(name)).toBe(false);
    else if (waits(name))
      expect(is.releases.get(name)).toBe(was.releases.get(name));
  }
  for (const { version = '' } of is.bill?.applications ?? [])
    for (const key of READS[version])
      expect([...is.values.keys()]).toContain(key);
  const lines = (bill = is.bill) =>
    bill?.components.map(({ path }) => path) ?? [];
  // A component comes with what waits in whose build it goes.
  const isWanted = is.bill?.applications.some(
    ({ version }) => version === now.version,
  );
  if (waits('web')) {
    expect(lines()).toEqual(lines(was.bill));
  } else if (isWanted && now.component) {
    const { digest } = decisions.groups.get('web')!;
    if (is.releases.get('web') === digest)
      expect(lines()).toHaveLength(
        isIn(now.clusters[cluster].groups, 'web') ? 1 : 0,
      );
  }
}
