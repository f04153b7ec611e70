import { DeliveredShard } from '@res-edge/backstage-plugin-res-edge-engine';
import { createDeliveredView } from './createDeliveredView';

function shard(
  name: string,
  clusters: Record<string, Record<string, string | undefined>>,
): DeliveredShard {
  return {
    shard: name,
    revisions: new Set(),
    clusters: new Map(
      Object.entries(clusters).map(([cluster, versions]) => [
        cluster,
        {
          bill: {
            cluster,
            namespaces: [],
            applications: Object.entries(versions).map(
              ([application, version]) => ({
                name: application,
                revision: '0a1b2c',
                version,
              }),
            ),
            groups: [],
            components: [],
          },
          billHash: '',
          valuesHash: '',
          values: '',
        },
      ]),
    ),
  };
}

describe('createDeliveredView', () => {
  const delivered = new Map([
    ['s1', shard('s1', { a: { imdb: '1.0.0', tabs: undefined }, b: {} })],
    ['s2', shard('s2', { c: { imdb: '2.0.0' } })],
  ]);

  it('says what bills say, wherever main has the cluster', () => {
    // Main has no shard for `b`, and says another one of `c` than has it.
    const shards = new Map([
      ['a', 's1'],
      ['c', 's1'],
      ['new', 's2'],
    ]);
    const view = createDeliveredView(delivered, shards);
    expect(view.clusters).toBe(3);
    expect(view.shards).toBe(2);
    expect(['a', 'b', 'c', 'new'].map(view.shardOf)).toEqual([
      's1',
      's1',
      's2',
      undefined,
    ]);
    expect(view.version('a', 'imdb')).toBe('1.0.0');
    expect(view.version('a', 'tabs')).toBe('');
    expect(view.version('b', 'imdb')).toBeUndefined();
    expect(view.version('c', 'imdb')).toBe('2.0.0');
    expect(view.version('new', 'imdb')).toBeUndefined();
  });

  it('counts the clusters of an application, after a change too', () => {
    const count = (shards: typeof delivered) =>
      createDeliveredView(shards, new Map()).applicationClusters('imdb');
    expect(count(delivered)).toBe(2);
    const next = new Map(delivered).set('s2', shard('s2', { c: {} }));
    expect(count(next)).toBe(1);
    expect(createDeliveredView(next, new Map()).applicationClusters('x')).toBe(
      0,
    );
  });
});
