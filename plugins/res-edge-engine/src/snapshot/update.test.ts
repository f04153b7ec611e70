import { Selector } from '@res-edge/backstage-plugin-res-edge-common';
import fc from 'fast-check';
import { fleets } from '../__testUtils__/fleets';
import { snapshotChanges } from '../__testUtils__/changes';
import { cluster, group } from '../__testUtils__/build';
import { compileSelector } from '../selector';
import { Snapshot, SnapshotChanges } from './Snapshot';

const SELECTORS: Selector[] = [
  { matchLabels: { size: 'l' } },
  { matchExpressions: [{ key: 'grill', operator: 'In', values: ['acme'] }] },
  { matchExpressions: [{ key: 'fresh', operator: 'Exists' }] },
  { groups: ['geo'] },
  { include: ['c1', 'c2'] },
  'cluster.attributes.lanes >= 2',
  'cluster.attributes.lanes >= 2 && cluster.labels.size == "l"',
  'cluster.state == "active" && cluster.capacity.cpu > 3.0',
  'cluster.groups.exists(g, g.startsWith("geo.e"))',
  'cluster.attributes.exists(k, k == "odd")',
  'cluster.name == "c3"',
];

/** All that can be asked of a snapshot. */
function described(snapshot: Snapshot) {
  const { clusters, groups, facts, problems } = snapshot;
  const keys = ['size', 'grill', 'lanes', 'open', 'fresh', 'odd'];
  const { distinct, indexes } = facts.capacities();
  return {
    clusters,
    problems,
    groups: groups.roots.map(function describe(name): unknown {
      return [
        groups.get(name),
        groups.path(name),
        [...groups.members(name)],
        [...groups.direct(name)],
        groups.children(name).map(describe),
      ];
    }),
    types: keys.map(key => facts.attributeType(key)),
    present: keys.map(key => [...facts.present(key)]),
    byCluster: clusters.map((_, number) => [
      groups.groupsOf(number),
      keys.map(key => facts.attributeOf(number, key)),
      keys.map(key => facts.labelOf(number, key)),
      distinct[indexes.get(number)],
    ]),
    selected: SELECTORS.map(selector => {
      try {
        return [...compileSelector(snapshot, selector).clusters];
      } catch (error) {
        return String(error);
      }
    }),
  };
}

describe('Snapshot.update', () => {
  it('gives what a snapshot made anew gives', () => {
    fc.assert(
      fc.property(
        fleets,
        fc.array(snapshotChanges, { minLength: 1, maxLength: 5 }),
        (fleet, history) => {
          let snapshot = Snapshot.create(fleet);
          const clusters = new Map(
            fleet.clusters.map(entity => [entity.metadata.name, entity]),
          );
          const groups = new Map(
            fleet.groups.map(entity => [entity.metadata.name, entity]),
          );
          described(snapshot);
          for (const change of history as SnapshotChanges[]) {
            snapshot = snapshot.update(change);
            for (const name of change.clusters?.removed ?? [])
              clusters.delete(name);
            for (const entity of change.clusters?.upserted ?? [])
              clusters.set(entity.metadata.name, entity);
            for (const name of change.groups?.removed ?? [])
              groups.delete(name);
            for (const entity of change.groups?.upserted ?? [])
              groups.set(entity.metadata.name, entity);
            expect(described(snapshot)).toEqual(
              described(
                Snapshot.create({
                  clusters: [...clusters.values()],
                  groups: [...groups.values()],
                }),
              ),
            );
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('shares what did not change, and leaves the snapshot before as it was', () => {
    const before = Snapshot.create({
      clusters: [
        cluster('a', { labels: { size: 's', tier: 'x' }, groups: ['geo'] }),
        cluster('b', { labels: { size: 's', tier: 'x' } }),
      ],
      groups: [group('geo'), group('beta')],
    });
    const after = before.update({
      clusters: {
        upserted: [cluster('b', { labels: { size: 'l', tier: 'x' } })],
      },
    });
    expect(after.facts.label('tier')).toBe(before.facts.label('tier'));
    expect(after.facts.label('size')!.values).toEqual(['s', 'l']);
    expect(before.facts.label('size')!.values).toEqual(['s']);
    expect(after.facts.labelOf(1, 'size')).toBe('l');
    expect(after.differenceFrom(before).changed).toEqual([1]);
    expect(before.update({})).toBe(before);
  });

  it('counts attributes of another type as missing, by what most clusters say then', () => {
    const snapshot = Snapshot.create({
      clusters: [
        cluster('a', { attributes: { lanes: 1 } }),
        cluster('b', { attributes: { lanes: '1' } }),
        cluster('c', { attributes: { lanes: 1 } }),
      ],
      groups: [],
    });
    const after = snapshot.update({
      clusters: { upserted: [cluster('c', { attributes: { lanes: '1' } })] },
    });
    expect(after.facts.attributeType('lanes')).toBe('string');
    expect(after.problems.map(({ entity }) => entity)).toEqual([
      'edgecluster:default/a',
    ]);
    expect(after.differenceFrom(snapshot).changed).toEqual([2]);
  });
});
