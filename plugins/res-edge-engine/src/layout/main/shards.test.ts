import {
  EdgeClusterEntity,
  EdgeGroupEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../../bitmap';
import { Snapshot } from '../../snapshot';
import {
  assignShards,
  readShards,
  renderShards,
  shardPrefixOf,
} from './shards';
import { renderTargetsLock } from './targetsLock';

const names = (from: number, to: number) =>
  Array.from(
    { length: to - from },
    (_, i) => `c-${String(from + i).padStart(4, '0')}`,
  );

describe('shards', () => {
  it('hold at most a thousand clusters, and keep those that they have', () => {
    const first = assignShards(new Map(), names(0, 1500));
    expect(first.get('c-0999')).toBe('shard-001');
    expect(first.get('c-1000')).toBe('shard-002');
    const second = assignShards(first, [...names(100, 1500), 'a-new', 'b-new']);
    expect(second.get('a-new')).toBe('shard-001');
    expect(second.has('c-0000')).toBe(false);
    for (const name of names(100, 1500))
      expect(second.get(name)).toBe(first.get(name));
  });

  it('are named as those of the cluster shall be, and kept by it', () => {
    const prefixOf = (name: string) => (name < 'c-1200' ? 'dev' : 'prod-eu');
    const all = assignShards(new Map(), names(0, 1300), prefixOf);
    expect(all.get('c-0999')).toBe('dev-001');
    expect(all.get('c-1000')).toBe('dev-002');
    expect(all.get('c-1200')).toBe('prod-eu-001');
    expect(['dev-002', 'prod-eu-001'].map(shardPrefixOf)).toEqual([
      'dev',
      'prod-eu',
    ]);
    const moved = assignShards(all, names(0, 1301), () => 'prod-eu');
    expect(moved.get('c-0999')).toBe('dev-001');
    expect(moved.get('c-1300')).toBe('prod-eu-001');
  });

  it('are read back as they were written', () => {
    const shards = assignShards(new Map(), names(0, 1200));
    const files = renderShards(shards);
    expect([...files.keys()]).toEqual([
      '.res-edge/shards/shard-001.yaml',
      '.res-edge/shards/shard-002.yaml',
    ]);
    expect(readShards(files)).toEqual({
      shards: new Map(shards),
      problems: [],
    });
  });

  it('report what does not parse, and a cluster in two of them', () => {
    const { shards, problems } = readShards(
      new Map([
        ['.res-edge/shards/a.yaml', 'clusters: [x, y]'],
        ['.res-edge/shards/b.yaml', 'clusters: [y]'],
        ['.res-edge/shards/c.yaml', 'clusters: 1'],
        ['.res-edge/shards/d.yaml', 'clusters: [../x]'],
        ['.res-edge/layout.yaml', 'layout: 1'],
      ]),
    );
    expect(shards).toEqual(
      new Map([
        ['x', 'a'],
        ['y', 'a'],
      ]),
    );
    expect(problems.map(({ message }) => message.split(':')[0])).toEqual([
      '.res-edge/shards/b.yaml',
      '.res-edge/shards/c.yaml',
      '.res-edge/shards/d.yaml',
    ]);
  });
});

describe('targets.lock.yaml', () => {
  it('counts by the groups below the roots, and names exceptions', () => {
    const apiVersion = 'res-edge.io/v1alpha1';
    const group = (name: string, parent?: string) =>
      ({
        apiVersion,
        kind: 'EdgeGroup',
        metadata: { name },
        spec: { parent },
      } as EdgeGroupEntity);
    const snapshot = Snapshot.create({
      clusters: ['geo.a', 'geo.a', 'geo.b', 'beta'].map(
        (name, i) =>
          ({
            apiVersion,
            kind: 'EdgeCluster',
            metadata: { name: `c${i}` },
            spec: { groups: [name] },
          } as EdgeClusterEntity),
      ),
      groups: [
        group('geo'),
        group('geo.a', 'geo'),
        group('geo.b', 'geo'),
        group('beta'),
      ],
    });
    const lock = renderTargetsLock(
      {
        apiVersion,
        kind: 'EdgeNamespace',
        metadata: { name: 'pos' },
        spec: {
          owner: 'x',
          selector: { groups: ['geo.a'], include: ['c3', 'c0'] },
        },
      },
      snapshot,
      Bitmap.of(4, [0, 1, 3]),
    );
    expect(lock.replace(/"?[0-9a-f]{64}"?/, 'D')).toBe(
      `# Written by Res-Edge after a merge: what the selector of pos resolves to.
clusters: 3
digest: D
groups:
  beta: 1
  geo.a: 2
include:
  - c0
  - c3
`,
    );
  });
});
