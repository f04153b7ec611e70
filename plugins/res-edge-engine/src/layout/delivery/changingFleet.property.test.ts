import {
  EdgeApplicationEntity,
  EdgeEntity,
  Selector,
} from '@res-edge/backstage-plugin-res-edge-common';
import fc from 'fast-check';
import {
  application,
  cluster,
  group,
  namespace,
  prohibition,
} from '../../__testUtils__/build';
import { Plan, ShardRendering } from '../../model';
import { ChangingFleet } from '../__testUtils__/ChangingFleet';

const CLUSTERS = ['c0', 'c1', 'c2', 'c3', 'c4', 'c5'];
const APPLICATIONS = ['a0', 'a1', 'a2'];
jest.setTimeout(300_000);

const HOUR = 60 * 60 * 1000;

const selector = fc.constantFrom<Selector>(
  { all: true },
  { groups: ['geo'] },
  { groups: ['geo.a'], include: ['c5'] },
  { matchLabels: { ring: 'beta' } },
  'cluster.labels.ring == "prod" || cluster.inGroup("geo.b")',
  '/g/geo and not /c/c1',
);
const values = fc.dictionary(
  fc.constantFrom('k', 'l'),
  fc.constantFrom('1', '2'),
);

type Change = readonly [EdgeEntity['kind'], string, EdgeEntity | undefined];
const orGone = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.option(arbitrary, { nil: undefined, freq: 6 });

interface TestApplication {
  namespace: string;
  version: string;
  values: Record<string, string>;
  override?: Selector;
  requests?: Record<string, string>;
  dependsOn?: string[];
  priority?: number;
  type?: 'addon' | 'application';
}

const someApplication: fc.Arbitrary<TestApplication> = fc.record(
  {
    namespace: fc.constantFrom('n0', 'n1'),
    version: fc.constantFrom('1.0.0', '2.0.0'),
    values: fc.record({ a: fc.constantFrom('x', 'y') }),
    override: fc.option(selector, { nil: undefined }),
    requests: fc.constantFrom({ cpu: '1' }, { cpu: '2' }),
    dependsOn: fc.subarray(APPLICATIONS, { maxLength: 1 }),
    priority: fc.constantFrom(0, 10),
    type: fc.constantFrom('addon' as const, 'application' as const),
  },
  { requiredKeys: ['namespace', 'version', 'values'] },
);

/** Each kind of change: of facts, of membership, of a selector, a value, a version, a policy; what comes, moves and goes. */
const someChange: fc.Arbitrary<Change> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(...CLUSTERS),
      orGone(
        fc.record(
          {
            labels: fc.record({ ring: fc.constantFrom('beta', 'prod') }),
            groups: fc.subarray(['geo.a', 'geo.b']),
            values,
            capacity: fc.constantFrom({ cpu: '2' }, { cpu: '4' }),
            state: fc.constantFrom(
              'active' as const,
              'draining' as const,
              'retired' as const,
            ),
          },
          { requiredKeys: ['labels', 'groups'] },
        ),
      ),
    )
    .map(
      ([name, facts]): Change => [
        'EdgeCluster',
        name,
        facts && cluster(name, facts),
      ],
    ),
  fc
    .tuple(
      fc.constantFrom('geo', 'geo.a', 'geo.b', 'dev'),
      fc.record(
        {
          values,
          selector: fc.constantFrom({ matchLabels: { ring: 'beta' } }),
          precedence: fc.constantFrom(1, 20),
        },
        { requiredKeys: ['values'] },
      ),
    )
    .map(
      ([name, spec]): Change => [
        'EdgeGroup',
        name,
        group(name, name.includes('.') ? 'geo' : undefined, spec),
      ],
    ),
  fc
    .tuple(
      fc.constantFrom('n0', 'n1'),
      orGone(selector),
      fc.constantFrom(undefined, { cpu: '2' }),
    )
    .map(
      ([name, where, quota]): Change => [
        'EdgeNamespace',
        name,
        namespace(name, where, quota),
      ],
    ),
  fc
    .tuple(fc.constantFrom(...APPLICATIONS), orGone(someApplication))
    .map(
      ([name, app]): Change => [
        'EdgeApplication',
        name,
        app && applicationOf(name, app),
      ],
    ),
  fc
    .tuple(
      fc.constantFrom('p0', 'p1'),
      orGone(
        fc.record({
          applications: fc.record({
            names: fc.subarray(APPLICATIONS, { minLength: 1 }),
          }),
          clusters: selector,
        }),
      ),
    )
    .map(
      ([name, spec]): Change => [
        'EdgePolicy',
        name,
        spec && prohibition(name, spec),
      ],
    ),
);

function applicationOf(
  name: string,
  { override, type, values: own, ...options }: TestApplication,
): EdgeApplicationEntity {
  const { entity } = application(name, options);
  const { requests, dependsOn } = options;
  return {
    ...entity,
    spec: {
      ...entity.spec,
      ...{ type, values: own, requests, dependsOn },
      ...(override !== undefined && {
        overrides: [
          { name: 'other', selector: override, values: { a: 'over' } },
        ],
      }),
    },
  };
}
/** What is written; who is delivered to follows from it. */
const bytesOf = (shards: readonly ShardRendering[]) =>
  shards.map(({ shard, clusters, changes }) => ({ shard, clusters, changes }));

const placementsOf = ({ snapshot, applications, namespaces }: Plan) =>
  JSON.stringify([
    [...applications.values()].map(({ name, placed }) => [
      name,
      snapshot.namesOf(placed),
    ]),
    [...namespaces].map(([name, clusters]) => [
      name,
      snapshot.namesOf(clusters),
    ]),
  ]);

async function beginning(): Promise<ChangingFleet> {
  const fleet = new ChangingFleet();
  for (const [index, name] of CLUSTERS.entries()) {
    const groups = [index % 2 ? 'geo.a' : 'geo.b'];
    const entity = cluster(name, { groups, labels: { ring: 'prod' } });
    await fleet.set('EdgeCluster', name, entity);
  }
  await fleet.set(
    'EdgeGroup',
    'geo',
    group('geo', undefined, { values: { k: '1' } }),
  );
  for (const name of ['geo.a', 'geo.b'])
    await fleet.set('EdgeGroup', name, group(name, 'geo'));
  for (const name of ['n0', 'n1'])
    await fleet.set('EdgeNamespace', name, namespace(name, { all: true }));
  for (const name of APPLICATIONS) {
    const options = { namespace: 'n0', version: '1.0.0', values: { a: 'x' } };
    await fleet.set('EdgeApplication', name, applicationOf(name, options));
  }
  return fleet;
}

describe('main, plan and delivery of a fleet that changes', () => {
  it('are after any series of changes the very bytes that they are from nothing', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            changes: fc.array(someChange, { maxLength: 3 }),
            hours: fc.constantFrom(0, 0.2, 2),
          }),
          { minLength: 1, maxLength: 6 },
        ),
        async steps => {
          const fleet = await beginning();
          const follow = async (hours: number) => {
            fleet.now = new Date(fleet.now.getTime() + hours * HOUR);
            const { shards, plan } = await fleet.fromNothing();
            const found = await fleet.incremental();
            expect(bytesOf(found)).toEqual(bytesOf(shards));
            fleet.write(found);
            return plan;
          };
          for (const { changes, hours } of steps) {
            for (const change of changes) await fleet.set(...change);
            await follow(hours);
          }
          // What leaves and moves in two steps has done so.
          await follow(2);
          await follow(2);
          const plan = await follow(2);

          // Without a memory of what ran, ties may be decided in another way, and what cannot be delivered is not there.
          const fresh = await fleet.fromNothing(new Map());
          if (fresh.problems.length + fresh.plan.problems.length > 0) return;
          if (placementsOf(fresh.plan) !== placementsOf(plan)) return;
          compared += 1;
          // A draining cluster keeps the folder that it had.
          const draining = fresh.plan.snapshot.clusters
            .filter(({ spec }) => spec.state === 'draining')
            .map(({ metadata }) => `clusters/${metadata.name}/`);
          const follows = (path: string) =>
            path.startsWith('clusters/') &&
            !draining.some(folder => path.startsWith(folder));
          const expected = Object.fromEntries(
            fresh.shards.flatMap(({ shard, changes }) =>
              changes
                .filter(({ path }) => follows(path))
                .map(({ path, content }) => [`${shard}/${path}`, content]),
            ),
          );
          expect(fleet.folders()).toMatchObject(expected);
        },
      ),
      { numRuns: 40 },
    );
    expect(compared).toBeGreaterThan(10);
  });
});
