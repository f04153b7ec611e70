import fc from 'fast-check';
import { cluster, group } from '../__testUtils__/build';
import { fleets } from '../__testUtils__/fleets';
import { inGroup } from '../__testUtils__/reference';
import { Snapshot } from './Snapshot';

const members = (snapshot: Snapshot, name: string) =>
  snapshot.namesOf(snapshot.groups.members(name)).join('');

describe('Snapshot', () => {
  it('numbers clusters by their names, by code unit', () => {
    const snapshot = Snapshot.create({
      clusters: [cluster('b'), cluster('a-1'), cluster('a')],
      groups: [],
    });
    expect(snapshot.clusters.map(({ metadata }) => metadata.name)).toEqual([
      'a',
      'a-1',
      'b',
    ]);
    expect(snapshot.numberOf('b')).toBe(2);
    expect(snapshot.numberOf('zzz')).toBeUndefined();
    expect([...snapshot.bitmapOf(['b', 'zzz', 'a'])]).toEqual([0, 2]);
  });

  it('closes groups over what is below and over rules', () => {
    const snapshot = Snapshot.create({
      clusters: [
        cluster('a', { groups: ['geo.us.tx'] }),
        cluster('b', { groups: ['geo.us'] }),
        cluster('c', { labels: { state: 'tx' } }),
        cluster('d'),
      ],
      groups: [
        group('geo', undefined, { type: 'geography' }),
        group('geo.us', 'geo'),
        group('geo.us.tx', 'geo.us', {
          selector: { expression: 'cluster.labels.state == "tx"' },
        }),
        group('texans', undefined, { selector: { groups: ['geo.us.tx'] } }),
        group('others', undefined, { selector: 'not /g/texans' }),
        group('any-tx', undefined, {
          selector: 'cluster.labels.exists(k, cluster.labels[k] == "tx")',
        }),
      ],
    });
    expect(snapshot.problems).toEqual([]);
    expect(members(snapshot, 'geo')).toBe('abc');
    expect(members(snapshot, 'texans')).toBe('ac');
    expect(members(snapshot, 'others')).toBe('bd');
    expect(snapshot.namesOf(snapshot.groups.direct('geo.us'))).toEqual(['b']);
    expect(snapshot.namesOf(snapshot.groups.direct('geo.us.tx'))).toEqual([
      'a',
      'c',
    ]);
    expect(snapshot.groups.groupsOf(2)).toEqual([
      'any-tx',
      'geo',
      'geo.us',
      'geo.us.tx',
      'texans',
    ]);
    expect(snapshot.groups.roots).toEqual([
      'any-tx',
      'geo',
      'others',
      'texans',
    ]);
    expect(snapshot.groups.path('geo.us.tx')).toEqual(['geo', 'geo.us']);
    expect(snapshot.groups.children('geo')).toEqual(['geo.us']);
    expect(snapshot.groups.parent('geo.us')).toBe('geo');
    expect(snapshot.groups.has('mars')).toBe(false);
    expect(members(snapshot, 'mars')).toBe('');
  });

  it('agrees with the reference on who is in which group', () => {
    fc.assert(
      fc.property(fleets, fleet => {
        const snapshot = Snapshot.create(fleet);
        snapshot.clusters.forEach((entity, number) => {
          const expected = fleet.groups
            .map(({ metadata }) => metadata.name)
            .filter(name => inGroup(fleet, entity, name))
            .sort();
          expect(snapshot.groups.groupsOf(number)).toEqual(expected);
          for (const { metadata } of fleet.groups) {
            expect(snapshot.groups.members(metadata.name).has(number)).toBe(
              expected.includes(metadata.name),
            );
          }
        });
      }),
    );
  });

  it('reports what is wrong with clusters, and goes on', () => {
    const snapshot = Snapshot.create({
      clusters: [
        cluster('a', {
          labels: { size: 'x' },
          attributes: {
            size: 'y',
            lanes: 2,
            bad: { deep: 1 } as never,
            nan: NaN,
          },
        }),
        cluster('b', {
          attributes: { lanes: 3 },
          groups: ['mars'],
          timeZone: 'Mars/North',
        }),
        cluster('c', {
          attributes: { lanes: 'many' },
          capacity: { cpu: '16', memory: '64GB' },
          timeZone: 'America/Chicago',
        }),
        cluster('c', { attributes: { lanes: 9 } }),
      ],
      groups: [group('g'), group('g')],
    });
    expect(snapshot.size).toBe(3);
    expect(
      snapshot.problems.map(({ entity, field }) => `${entity} ${field}`),
    ).toEqual([
      'edgecluster:default/c metadata.name',
      'edgegroup:default/g metadata.name',
      'edgecluster:default/a spec.attributes.bad',
      'edgecluster:default/a spec.attributes.nan',
      'edgecluster:default/a spec.attributes.size',
      'edgecluster:default/c spec.attributes.lanes',
      'edgecluster:default/b spec.groups[0]',
      'edgecluster:default/b spec.timeZone',
      'edgecluster:default/c spec.capacity.memory',
    ]);
    expect(
      snapshot.problems.find(({ field }) => field === 'spec.attributes.lanes')
        ?.message,
    ).toBe(
      "'lanes' is a string here and a number on most clusters; here the key counts as missing",
    );
    expect(snapshot.facts.attributeOf(2, 'lanes')).toBeUndefined();
    expect(snapshot.facts.attributeOf(0, 'size')).toBeUndefined();
    expect(snapshot.facts.labelOf(0, 'size')).toBe('x');
  });

  it('takes declared types over what most clusters use', () => {
    const snapshot = Snapshot.create({
      clusters: [
        cluster('a', { attributes: { lanes: 2 } }),
        cluster('b', { attributes: { lanes: 3 } }),
        cluster('c', { attributes: { lanes: 'x' } }),
      ],
      groups: [],
      attributeTypes: new Map([['lanes', 'string']]),
    });
    expect(snapshot.problems.map(({ entity }) => entity)).toEqual([
      'edgecluster:default/a',
      'edgecluster:default/b',
    ]);
    expect(snapshot.facts.attributeOf(2, 'lanes')).toBe('x');
  });

  it('reports circles and unknown names of groups, and goes on', () => {
    const snapshot = Snapshot.create({
      clusters: [
        cluster('a', { groups: ['x', 'leaf'] }),
        cluster('b', { groups: ['p'] }),
      ],
      groups: [
        group('x', 'y'),
        group('y', 'z'),
        group('z', 'x'),
        group('below', 'x'),
        group('leaf', 'below'),
        group('orphan', 'mars'),
        group('p', undefined, { selector: { groups: ['q'] } }),
        group('q', undefined, { selector: { groups: ['p'] } }),
        group('r', undefined, { selector: { groups: ['p'] } }),
        group('self', undefined, { selector: 'cluster.inGroup("self")' }),
        group('parent', undefined, {}),
        group('child', 'parent', { selector: { groups: ['parent'] } }),
        group('nosy', undefined, { selector: 'cluster.groups.size() > 1' }),
        group('wrong', undefined, { selector: { groups: ['mars'] } }),
        group('syntax', undefined, { selector: 'cluster.name ==' }),
      ],
    });
    expect(
      snapshot.problems.map(({ entity, field }) => `${entity} ${field}`).sort(),
    ).toEqual([
      'edgegroup:default/child spec.selector',
      'edgegroup:default/nosy spec.selector',
      'edgegroup:default/orphan spec.parent',
      'edgegroup:default/p spec.selector',
      'edgegroup:default/q spec.selector',
      'edgegroup:default/self spec.selector',
      'edgegroup:default/syntax spec.selector',
      'edgegroup:default/wrong spec.selector.groups[0]',
      'edgegroup:default/x spec.parent',
      'edgegroup:default/y spec.parent',
      'edgegroup:default/z spec.parent',
    ]);
    expect(
      snapshot.problems.find(({ entity }) => entity.endsWith('/z'))?.message,
    ).toBe(
      "The parents of 'x' go in a circle: x -> y -> z -> x; these groups stand as roots",
    );
    expect(members(snapshot, 'x')).toBe('a');
    expect(members(snapshot, 'y')).toBe('');
    expect(members(snapshot, 'r')).toBe('b');
    expect(members(snapshot, 'q')).toBe('');
    expect(snapshot.groups.roots).toContain('orphan');
    expect(snapshot.groups.path('leaf')).toEqual(['x', 'below']);
  });

  it('takes trees as deep and as wide as they come', () => {
    const deep = Array.from({ length: 20_000 }, (_, i) =>
      group(`g${i}`, i > 0 ? `g${i - 1}` : undefined),
    );
    const wide = Array.from({ length: 20_000 }, (_, i) => group(`w${i}`, 'g0'));
    const snapshot = Snapshot.create({
      clusters: [cluster('a', { groups: ['g19999'] })],
      groups: [...deep, ...wide],
    });
    expect(snapshot.problems).toEqual([]);
    expect(members(snapshot, 'g0')).toBe('a');
    expect(snapshot.groups.groupsOf(0)).toHaveLength(20_000);
  });
});
