import { EdgeEntity } from '@res-edge/backstage-plugin-res-edge-common';
import fc from 'fast-check';
import { createTestFleet } from '../../__testUtils__';
import { countEntities } from './countEntities';
import { EntityListQuery } from './EntityList';
import { listEntities, streamEntities } from './entityQueries';
import { FleetIndex, KINDS_IN_ORDER } from './FleetIndex';

const fleet = createTestFleet();
const everything = KINDS_IN_ORDER.flatMap(kind =>
  FleetIndex.of(fleet.view).entitiesOf(kind),
);

const namesOf = (query: EntityListQuery, limit = 1000) =>
  listEntities(fleet, query, { limit }).items.map(({ name }) => name);

describe('filter', () => {
  it.each([
    ['spec.environment=prod', ['tx-austin-1', 'point-of-sale']],
    ['kind=EdgeCluster,spec.environment', ['tx-austin-1']],
    ['labels.state=tx,labels.state=ut', ['tx-austin-1', 'ut-provo-1']],
    ['labels.state=tx,labels.ring=beta', ['tx-austin-1']],
    ['labels.state=tx,labels.ring=pilot', []],
    ['attributes.lanes=2', ['tx-austin-1']],
    ['spec.groups=geo.fr', ['fr-paris-1']],
    [
      'kind=EdgeCluster,!metadata.labels',
      ['fr-paris-1', 'tx-austin-2', 'us-old-1'],
    ],
    ['kind=EdgeCluster,labels.state!=tx,metadata.labels', ['ut-provo-1']],
    ['kind=EdgeCluster,spec.state=draining', ['tx-austin-2']],
    [
      'kind=EdgeCluster,spec.state=active',
      ['fr-paris-1', 'tx-austin-1', 'ut-provo-1'],
    ],
    ['metadata.title=Austin\\, South Lamar', ['tx-austin-1']],
    ['metadata.__proto__', []],
    ['metadata.constructor=x', []],
  ])('%s', (text, expected) => {
    expect(namesOf({ filter: [text] })).toEqual(expected);
  });

  it('needs one of several to match', () => {
    expect(
      namesOf({ filter: ['metadata.name=geo.fr', 'attributes.lanes=3'] }),
    ).toEqual(['ut-provo-1', 'geo.fr']);
  });

  it.each([
    ['', 'condition'],
    ['=x', 'condition'],
    ['!kind=x', 'condition'],
    ['kind=b,', 'condition'],
    ['labels.', 'no field'],
    ['spec', 'no field'],
    ['__proto__.x=1', 'no field'],
    [`kind=${'x,kind='.repeat(60)}`, 'at most'],
  ])('refuses %p', (text, message) => {
    expect(() => namesOf({ filter: [text] })).toThrow(message);
    expect(() => namesOf({ filter: [text] })).toThrow(/^filter: /);
  });

  it('finds what a plain look at each entity finds', () => {
    const paths = [
      'kind',
      'metadata.name',
      'spec.environment',
      'spec.owner',
      'spec.groups',
      'spec.attributes.lanes',
      'metadata.labels.state',
      'spec.parent',
    ];
    const values = [
      'EdgeCluster',
      'prod',
      'geo.us',
      'geo.us.tx',
      '2',
      'tx',
      'x',
    ];
    const plain = (entity: EdgeEntity, path: string): string[] => {
      const value = path.split('.').reduce<any>((at, key) => at?.[key], entity);
      return value === undefined ? [] : [value].flat().map(String);
    };
    const condition = fc.record({
      path: fc.constantFrom(...paths),
      operator: fc.constantFrom('=', '!=', '', '!'),
      value: fc.constantFrom(...values),
    });
    const filter = fc.uniqueArray(condition, {
      minLength: 1,
      maxLength: 3,
      selector: ({ path, operator }) => `${operator}${path}`,
    });
    const holds = (
      entity: EdgeEntity,
      {
        path,
        operator,
        value,
      }: { path: string; operator: string; value: string },
    ) => {
      const found = plain(entity, path);
      switch (operator) {
        case '=':
          return found.includes(value);
        case '!=':
          return !found.includes(value);
        case '':
          return found.length > 0;
        default:
          return found.length === 0;
      }
    };
    const textOf = ({
      path,
      operator,
      value,
    }: {
      path: string;
      operator: string;
      value: string;
    }) => {
      if (operator === '!') {
        return `!${path}`;
      }
      return operator === '' ? path : `${path}${operator}${value}`;
    };
    fc.assert(
      fc.property(fc.array(filter, { minLength: 1, maxLength: 2 }), filters => {
        const expected = everything.filter(entity =>
          filters.some(conditions =>
            conditions.every(each => holds(entity, each)),
          ),
        );
        expect(
          namesOf({
            filter: filters.map(conditions => conditions.map(textOf).join()),
          }),
        ).toEqual(expected.map(({ metadata }) => metadata.name));
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});

describe('what a list is asked for', () => {
  it('has groups with and without those below', () => {
    expect(namesOf({ group: 'geo.us' })).toHaveLength(4);
    expect(namesOf({ group: 'geo.us', descendants: false })).toEqual([]);
    expect(namesOf({ group: 'geo.us.ut', descendants: false })).toEqual([
      'ut-provo-1',
    ]);
  });

  it('has selectors in each of their forms', () => {
    const expected = ['tx-austin-1', 'ut-provo-1'];
    expect(namesOf({ selector: 'cluster.attributes.lanes >= 2' })).toEqual(
      expected,
    );
    expect(namesOf({ selector: '/g/franchise/corporate' })).toEqual(expected);
    expect(namesOf({ selector: '{"groups":["franchise"]}' })).toEqual(expected);
    expect(
      namesOf({ selector: '/g/franchise', filter: ['labels.state=ut'] }),
    ).toEqual(['ut-provo-1']);
  });

  it.each([
    [{ selector: '{"groups":' }, 'selector'],
    [{ selector: 'cluster.name ==' }, 'selector'],
    [{ selector: '/g/mars' }, 'selector'],
    [{ selector: '/c/*', kind: 'EdgeGroup' as const }, 'selector'],
    [{ sort: 'colour' }, 'sort'],
    [{ sort: 'kind,kind,kind,kind,kind,kind' }, 'sort'],
    [{ fields: 'spec' }, 'fields'],
    [{ expand: 'everything' }, 'expand'],
    [{ group: 'mars' }, 'group'],
  ])('refuses %j, and names the parameter', (query, parameter) => {
    expect(() => namesOf(query)).toThrow(new RegExp(`^${parameter}: `));
  });

  it('shows the fields asked for', () => {
    const [row] = listEntities(
      fleet,
      {
        filter: ['metadata.name=tx-austin-1'],
        fields:
          'metadata.name,labels.ring,spec.capacity.cpu,spec.nothing.there',
      },
      { limit: 1 },
    ).items;
    expect(row.entity).toEqual({
      metadata: { name: 'tx-austin-1', labels: { ring: 'beta' } },
      spec: { capacity: { cpu: '2' } },
    });
    const [whole] = listEntities(
      fleet,
      { kind: 'EdgeGroup', fields: '*' },
      { limit: 1 },
    ).items;
    expect(whole.entity).toEqual(fleet.view.inventory.groups[5]);
  });

  it('expands clusters to all that is needed to render them', () => {
    const [row] = listEntities(
      fleet,
      {
        kind: 'EdgeCluster',
        search: 'austin-1',
        expand: 'groups,namespaces,applications,values,shard,usage',
      },
      { limit: 1 },
    ).items;
    expect(row.expanded).toMatchObject({
      shard: 'us-1',
      groups: expect.arrayContaining(['geo.us.tx', 'franchise.corporate']),
      namespaces: [{ name: 'bar' }, { name: 'point-of-sale' }],
      applications: expect.arrayContaining([
        expect.objectContaining({ application: 'imdb', state: 'placed' }),
      ]),
      values: expect.arrayContaining([
        expect.objectContaining({ key: 'banner', value: 'texas' }),
      ]),
      usage: [{ resource: 'cpu' }, { resource: 'memory' }],
    });
    const [group] = listEntities(
      fleet,
      { kind: 'EdgeGroup', expand: 'values' },
      { limit: 1 },
    ).items;
    expect(group.expanded).toBeUndefined();
  });

  it('is sorted, numbers as numbers, and what is missing last', () => {
    const sort = (text: string) => namesOf({ kind: 'EdgeCluster', sort: text });
    const rest = ['fr-paris-1', 'us-old-1'];
    const byLanes = ['tx-austin-2', 'tx-austin-1', 'ut-provo-1'];
    expect(sort('attributes.lanes')).toEqual([...byLanes, ...rest]);
    expect(sort('-attributes.lanes')).toEqual([...byLanes.reverse(), ...rest]);
    expect(sort('spec.state,-metadata.name')).toEqual([
      'ut-provo-1',
      'tx-austin-1',
      'fr-paris-1',
      'tx-austin-2',
      'us-old-1',
    ]);
  });

  it('comes page by page as it comes at once, and as a stream', () => {
    const queries: EntityListQuery[] = [
      {},
      { kind: 'EdgeCluster' },
      { filter: ['spec.environment=prod'] },
      { sort: '-spec.environment' },
      { sort: 'attributes.lanes,kind' },
      { search: 'geo', sort: '-metadata.name' },
    ];
    for (const query of queries) {
      const all = namesOf(query);
      for (const limit of [1, 2, 3, all.length]) {
        const found: string[] = [];
        let cursor: string | undefined;
        do {
          const page = listEntities(fleet, query, { limit, cursor });
          expect(page.total).toBe(all.length);
          found.push(...page.items.map(({ name }) => name));
          cursor = page.nextCursor;
        } while (cursor !== undefined);
        expect(found).toEqual(all);
      }
      expect(
        Array.from(streamEntities(fleet, query), ({ name }) => name),
      ).toEqual(all);
    }
  });

  it('refuses a cursor of another order', () => {
    const { nextCursor } = listEntities(
      fleet,
      { sort: 'metadata.name' },
      { limit: 1 },
    );
    for (const sort of ['kind', 'metadata.name,kind']) {
      expect(() =>
        listEntities(fleet, { sort }, { limit: 1, cursor: nextCursor }),
      ).toThrow(/^cursor: /);
    }
  });
});

describe('counts', () => {
  it('are of values, the most frequent first', () => {
    expect(countEntities(fleet, { by: 'kind' })).toEqual({
      by: 'kind',
      total: 18,
      distinct: 5,
      counts: [
        { value: 'EdgeGroup', count: 7 },
        { value: 'EdgeCluster', count: 5 },
        { value: 'EdgeApplication', count: 3 },
        { value: 'EdgeNamespace', count: 2 },
        { value: 'EdgePolicy', count: 1 },
      ],
    });
    expect(
      countEntities(fleet, {
        by: 'spec.state',
        kind: 'EdgeCluster',
        group: 'geo.us',
        limit: 1,
      }),
    ).toEqual({
      by: 'spec.state',
      total: 4,
      distinct: 3,
      counts: [{ value: 'active', count: 2 }],
    });
    expect(
      countEntities(fleet, { by: 'spec.groups', selector: '/g/geo/us' }).counts,
    ).toEqual([
      { value: 'geo.us.tx', count: 3 },
      { value: 'franchise.corporate', count: 2 },
      { value: 'geo.us.ut', count: 1 },
    ]);
  });

  it('are of groups', () => {
    expect(countEntities(fleet, { by: 'group', group: 'geo' }).counts).toEqual([
      { value: 'geo.fr', title: undefined, count: 1 },
      { value: 'geo.us', title: 'America', count: 4 },
    ]);
    expect(
      countEntities(fleet, { by: 'group', filter: ['labels.state=ut'] }).counts,
    ).toEqual([
      { value: 'franchise.corporate', title: undefined, count: 1 },
      { value: 'geo.us', title: 'America', count: 1 },
    ]);
  });
});
