import { EdgeNamespaceEntity } from '@res-edge/backstage-plugin-res-edge-common';
import fc from 'fast-check';
import {
  cluster,
  decisions,
  group,
  namespace,
} from '../../__testUtils__/build';
import { decide } from '../../decide';
import { FileMap, Plan } from '../../model';
import { Snapshot } from '../../snapshot';
import { gitBlobHash } from '../format/digest';
import { DerivedFiles, EnvironmentShards } from './DerivedFiles';
import { ShardReader } from './ShardReader';
import { assignShards, readShards, renderShards } from './shards';
import { renderTargetsLock } from './targetsLock';

const CLUSTERS = ['c0', 'c1', 'c2', 'c3', 'c4', 'c5'];
const GROUPS = ['a', 'b', 'a-x', 'a-y'];

const clusterArbitrary = fc.record({
  groups: fc.subarray(GROUPS, { maxLength: 2 }),
  state: fc.constantFrom('active', 'active', 'retired'),
  environment: fc.constantFrom('dev', 'prod', undefined),
});

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      upserted: fc.dictionary(
        fc.constantFrom(...CLUSTERS, 'b0'),
        clusterArbitrary,
        { maxKeys: 3 },
      ),
      removed: fc.subarray(CLUSTERS, { maxLength: 2 }),
    }),
  },
  fc.record({ parent: fc.constantFrom('a', 'b') }),
  fc.record({
    selector: fc.constantFrom(
      { all: true },
      { groups: ['a'] },
      { groups: ['b'], include: ['c1', 'c0'] },
    ),
  }),
  fc.record({ kept: fc.subarray(CLUSTERS) }),
  fc.record({
    edited: fc.constantFrom(
      'clusters: [c1, zz]\n',
      'clusters: [c2, ../x]\n',
      undefined,
    ),
  }),
);

/** Clusters for trying have shards of their own; what sells moves there when it becomes one. */
const ENVIRONMENTS: EnvironmentShards = {
  prefixOf: environment => (environment === 'dev' ? 'dev' : 'shard'),
  movesClusters: environment => environment === 'dev',
};

/** What is written without looking at what was before. */
function wanted(
  main: FileMap,
  namespaces: readonly EdgeNamespaceEntity[],
  plan: Plan,
  kept: ReadonlySet<string>,
): Map<string, string | Uint8Array> {
  const { shards } = readShards(main);
  const placed = plan.snapshot.clusters
    .filter(({ spec }) => spec.state !== 'retired')
    .map(({ metadata }) => metadata.name);
  placed.push(...[...kept].filter(name => shards.has(name)));
  const { snapshot } = plan;
  const environmentOf = (name: string) => {
    const number = snapshot.numberOf(name);
    return number === undefined
      ? undefined
      : snapshot.clusters[number].spec.environment;
  };
  const staying = [...shards].filter(
    ([name, shard]) =>
      environmentOf(name) !== 'dev' || shard.startsWith('dev-'),
  );
  const files = new Map(
    renderShards(
      assignShards(new Map(staying), placed, name =>
        ENVIRONMENTS.prefixOf(environmentOf(name)),
      ),
    ),
  );
  for (const entity of namespaces) {
    const { name } = entity.metadata;
    const clusters = plan.namespaces.get(name)!;
    files.set(
      `namespaces/${name}/targets.lock.yaml`,
      renderTargetsLock(entity, plan.snapshot, clusters),
    );
  }
  return files;
}

describe('DerivedFiles', () => {
  it('gives what main has to change, whatever changed before', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), steps => {
        const derived = DerivedFiles.create(ENVIRONMENTS);
        const reader = ShardReader.create();
        let main = new Map<string, string | Uint8Array>();
        let snapshot = Snapshot.create({
          groups: [
            group('a'),
            group('b'),
            group('a-x', 'a'),
            group('a-y', 'a'),
          ],
          clusters: CLUSTERS.slice(0, 4).map((name, index) =>
            cluster(name, { groups: [GROUPS[index]] }),
          ),
        });
        let kept: ReadonlySet<string> = new Set();
        let namespaces = [
          namespace('shop', { groups: ['a'] }),
          namespace('till', { all: true }),
        ];
        for (const change of [{}, ...steps] as Record<string, any>[]) {
          if (change.upserted) {
            const upserted = Object.entries<any>(change.upserted).map(
              ([name, facts]) => cluster(name, facts),
            );
            const removed = change.removed.filter(
              (name: string) => !(name in change.upserted),
            );
            snapshot = snapshot.update({ clusters: { upserted, removed } });
          }
          if (change.parent) {
            const upserted = [group('a-x', change.parent)];
            snapshot = snapshot.update({ groups: { upserted } });
          }
          if (change.selector) {
            namespaces = [namespace('shop', change.selector), namespaces[1]];
          }
          if (change.kept) kept = new Set(change.kept);
          if ('edited' in change) {
            const path = '.res-edge/shards/by-hand.yaml';
            if (change.edited) main.set(path, Buffer.from(change.edited));
            else main.delete(path);
          }
          const decided = decisions({ namespaces });
          const baseline = { applications: new Map(), namespaces: new Map() };
          const plan = decide({
            ...{ snapshot, decisions: decided, baseline, now: new Date(0) },
          });
          const read = reader.read(main);
          expect(read).toEqual(readShards(main));
          expect(reader.read(new Map(main)).shards).toEqual(read.shards);
          const input = { files: main, decisions: decided, ...read };
          const changes = derived.changes(input, plan, kept);
          const expected = wanted(main, namespaces, plan, kept);
          const before = main;
          const needless = changes.filter(({ path, content }) => {
            const old = before.get(path);
            return old && content && gitBlobHash(old) === gitBlobHash(content);
          });
          expect(needless).toEqual([]);
          main = new Map(main);
          for (const { path, content } of changes) {
            if (content === undefined) main.delete(path);
            else main.set(path, content);
          }
          expect(new Map([...main].sort())).toEqual(
            new Map([...expected].sort()),
          );
        }
      }),
      { numRuns: 150 },
    );
  });

  it('reads shards that did not change as the very same', () => {
    const reader = ShardReader.create();
    const main = new Map([
      ['.res-edge/shards/a.yaml', 'clusters: [x]'],
      ['apps/a', 'b'],
    ]);
    const read = reader.read(main);
    expect(reader.read(new Map(main).set('apps/a', 'c'))).toBe(read);
    const next = reader.read(
      new Map(main).set('.res-edge/shards/a.yaml', 'clusters: [y]'),
    );
    expect([...next.shards]).toEqual([['y', 'a']]);
  });
});
