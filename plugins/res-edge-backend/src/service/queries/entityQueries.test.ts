import { createTestFleet } from '../../__testUtils__';
import { listEntities, listProblems, streamEntities } from './entityQueries';

const fleet = createTestFleet();
const page = { limit: 50 };

describe('entities', () => {
  const namesOf = (query: Parameters<typeof listEntities>[1]) =>
    listEntities(fleet, query, page).items.map(({ name }) => name);

  it('come by kind and name', () => {
    expect(
      listEntities(fleet, {}, page).items.map(
        ({ kind, name }) => `${kind} ${name}`,
      ),
    ).toEqual([
      'EdgeApplication beer-kiosk',
      'EdgeApplication dogs-cats',
      'EdgeApplication imdb',
      'EdgeCluster fr-paris-1',
      'EdgeCluster tx-austin-1',
      'EdgeCluster tx-austin-2',
      'EdgeCluster us-old-1',
      'EdgeCluster ut-provo-1',
      'EdgeGroup franchise',
      'EdgeGroup franchise.corporate',
      'EdgeGroup geo',
      'EdgeGroup geo.fr',
      'EdgeGroup geo.us',
      'EdgeGroup geo.us.tx',
      'EdgeGroup geo.us.ut',
      'EdgeNamespace bar',
      'EdgeNamespace point-of-sale',
      'EdgePolicy us-alcohol-law',
    ]);
  });

  it('have what a table shows', () => {
    const [row] = listEntities(fleet, { search: 'lamar' }, page).items;
    expect(row).toEqual({
      kind: 'EdgeCluster',
      name: 'tx-austin-1',
      title: 'Austin, South Lamar',
      owner: 'group:default/operations',
      labels: { ring: 'beta', state: 'tx' },
      problems: 0,
      environment: 'prod',
      state: 'active',
      groups: ['geo.us.tx', 'franchise.corporate'],
      applications: 2,
    });
  });

  it.each([
    ['AUSTIN', ['tx-austin-1', 'tx-austin-2']],
    ['austin beta', ['tx-austin-1']],
    ['ring=beta', ['tx-austin-1']],
    ['  ', undefined],
    ['point of SALE', ['point-of-sale']],
    ['.*', []],
    ['mars', []],
  ])('are found by %p', (search, names) => {
    expect(namesOf({ search })).toEqual(names ?? namesOf({}));
  });

  it('are filtered by kind, group and problems', () => {
    expect(namesOf({ kind: 'EdgePolicy' })).toEqual(['us-alcohol-law']);
    expect(namesOf({ group: 'geo.us' })).toEqual([
      'tx-austin-1',
      'tx-austin-2',
      'us-old-1',
      'ut-provo-1',
    ]);
    expect(
      namesOf({ group: 'franchise', kind: 'EdgeCluster', search: 'provo' }),
    ).toEqual(['ut-provo-1']);
    expect(namesOf({ problems: true })).toEqual(['dogs-cats', 'fr-paris-1']);
    expect(namesOf({ problems: false })).toHaveLength(18);
  });

  it('come page by page', () => {
    const first = listEntities(fleet, { group: 'geo.us' }, { limit: 3 });
    expect(first.total).toBe(4);
    const second = listEntities(
      fleet,
      { group: 'geo.us' },
      { limit: 3, cursor: first.nextCursor },
    );
    expect(second.items.map(({ name }) => name)).toEqual(['ut-provo-1']);
    expect(second.nextCursor).toBeUndefined();
  });

  it('have problems, each once', () => {
    const problems = listProblems(fleet, {}, page);
    expect(problems.total).toBe(2);
    expect(problems.items.map(({ entity }) => entity)).toEqual([
      'edgeapplication:default/dogs-cats',
      'edgecluster:default/fr-paris-1',
    ]);
    expect(
      listProblems(fleet, { entity: 'EdgeCluster:default/fr-paris-1' }, page)
        .total,
    ).toBe(1);
    expect(
      listProblems(fleet, { entity: 'edgegroup:default/geo' }, page).total,
    ).toBe(0);
  });

  it('streams only so many with all that is decided for them', () => {
    const query = { kind: 'EdgeCluster' as const, expand: 'values' };
    expect([...streamEntities(fleet, query, 5)]).toHaveLength(5);
    expect(() => streamEntities(fleet, query, 4)).toThrow(
      'expand: 5 entities are too many at once; at most 4 are allowed',
    );
    expect([...streamEntities(fleet, { kind: 'EdgeCluster' }, 4)]).toHaveLength(
      5,
    );
  });
});
