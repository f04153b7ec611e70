import { createTestView } from '../../testing';
import {
  explainPlacement,
  getClusterPlacements,
  getEntity,
  getGroup,
  getNamespaceReach,
  listApplicationPlacements,
  listApplications,
  listEntities,
  listProblems,
  listRootGroups,
  previewSelector,
  summarizeFleet,
} from '.';

const view = createTestView();
const page = { limit: 50 };
const openIntents = new Map([['edgeapplication:default/imdb', 'cr-1']]);

describe('fleet', () => {
  it('is summed up', () => {
    const delivery = { shards: 1, clusters: 1, state: 'delivered' as const };
    expect(summarizeFleet(view, { openChangeRequests: 2, delivery })).toEqual({
      clusters: {
        total: 5,
        byState: { active: 3, draining: 1, retired: 1 },
      },
      groups: 7,
      namespaces: 2,
      applications: 3,
      policies: 1,
      placements: { placed: 5, refused: 1 },
      problems: 2,
      openChangeRequests: 2,
      plan: undefined,
      delivery,
    });
  });
});

describe('entities', () => {
  const namesOf = (query: Parameters<typeof listEntities>[1]) =>
    listEntities(view, query, page).items.map(({ name }) => name);

  it('come by kind and name', () => {
    expect(
      listEntities(view, {}, page).items.map(
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
    const [row] = listEntities(view, { search: 'lamar' }, page).items;
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
    const first = listEntities(view, { group: 'geo.us' }, { limit: 3 });
    expect(first.total).toBe(4);
    const second = listEntities(
      view,
      { group: 'geo.us' },
      { limit: 3, cursor: first.nextCursor },
    );
    expect(second.items.map(({ name }) => name)).toEqual(['ut-provo-1']);
    expect(second.nextCursor).toBeUndefined();
  });

  it('are shown with origin and problems', () => {
    const shown = getEntity(view, 'EdgeCluster', 'fr-paris-1');
    expect(shown).toMatchObject({
      entity: { metadata: { name: 'fr-paris-1' } },
      origin: {
        type: 'catalog',
        location: 'url:https://example.org/clusters.yaml',
      },
      problems: [{ field: 'spec.groups[1]' }],
    });
    expect(() => getEntity(view, 'EdgeCluster', 'FR-Paris-1')).toThrow(
      /No EdgeCluster 'FR-Paris-1'/,
    );
  });

  it('have problems, each once', () => {
    const problems = listProblems(view, {}, page);
    expect(problems.total).toBe(2);
    expect(problems.items.map(({ entity }) => entity)).toEqual([
      'edgeapplication:default/dogs-cats',
      'edgecluster:default/fr-paris-1',
    ]);
    expect(
      listProblems(view, { entity: 'EdgeCluster:default/fr-paris-1' }, page)
        .total,
    ).toBe(1);
    expect(
      listProblems(view, { entity: 'edgegroup:default/geo' }, page).total,
    ).toBe(0);
  });
});

describe('groups', () => {
  it('start at the roots', () => {
    expect(listRootGroups(view).items).toEqual([
      {
        name: 'franchise',
        title: undefined,
        type: 'franchise',
        clusters: 2,
        children: 1,
        problems: 0,
      },
      {
        name: 'geo',
        title: undefined,
        type: 'geography',
        clusters: 5,
        children: 2,
        problems: 0,
      },
    ]);
  });

  it('inherit values, the nearest winning', () => {
    const details = getGroup(view, 'geo.us.tx');
    expect(details).toMatchObject({
      group: { name: 'geo.us.tx', clusters: 3, children: 0 },
      path: [{ name: 'geo' }, { name: 'geo.us', title: 'America' }],
      children: [],
      direct: 3,
    });
    expect(details.values).toEqual([
      {
        key: 'banner',
        value: 'texas',
        origin: 'edgegroup:default/geo.us.tx',
      },
      {
        key: 'taxRegion',
        value: 'us',
        origin: 'edgegroup:default/geo.us',
        overrides: [{ value: 'none', origin: 'edgegroup:default/geo' }],
      },
    ]);
    expect(getGroup(view, 'geo').direct).toBe(0);
  });
});

describe('selectors', () => {
  it('are previewed with sample and counts', () => {
    const preview = previewSelector(view, {
      selector: { groups: ['geo.us'] },
      sample: 2,
      by: 'geo.us',
    });
    expect(preview).toMatchObject({
      count: 4,
      total: 5,
      sample: ['tx-austin-1', 'tx-austin-2'],
    });
    expect(preview.byGroup.map(({ group, count }) => [group, count])).toEqual([
      ['geo.us.tx', 3],
      ['geo.us.ut', 1],
    ]);
    expect(
      previewSelector(view, { selector: { all: true }, sample: 0 }).sample,
    ).toEqual([]);
  });

  it('explain a placement with what is delivered', () => {
    expect(explainPlacement(view, 'imdb', 'tx-austin-2')).toMatchObject({
      application: 'imdb',
      cluster: 'tx-austin-2',
      placed: true,
      delivered: '0.9.0',
    });
    expect(explainPlacement(view, 'imdb', 'fr-paris-1').placed).toBe(false);
  });
});

describe('applications', () => {
  it('are listed with their reach', () => {
    expect(listApplications(view, openIntents).items).toMatchObject([
      {
        name: 'beer-kiosk',
        namespace: 'bar',
        targets: 3,
        placed: 2,
        refused: 1,
        delivered: 0,
        problems: 0,
      },
      {
        name: 'dogs-cats',
        namespace: 'bar',
        version: '1.0.0',
        mergedVersion: undefined,
        targets: 0,
        placed: 0,
        problems: 1,
      },
      {
        name: 'imdb',
        namespace: 'point-of-sale',
        owner: 'group:default/pos-team',
        version: '1.0.1',
        mergedVersion: '1.0.0',
        targets: 3,
        placed: 3,
        refused: 0,
        delivered: 1,
        changeRequest: 'cr-1',
      },
    ]);
  });

  it('tell where they run', () => {
    const placements = listApplicationPlacements(view, 'imdb', 'placed', {
      limit: 2,
    });
    expect(placements).toMatchObject({
      total: 3,
      items: [
        { cluster: 'tx-austin-1', version: '1.0.0', delivered: undefined },
        { cluster: 'tx-austin-2', version: '1.0.0', delivered: '0.9.0' },
      ],
    });
    const counts = new Map(
      placements.byGroup.map(({ group, count }) => [group, count]),
    );
    expect(counts.get('geo')).toBe(3);
    expect(counts.get('geo.us')).toBe(3);
    const { items } = listApplicationPlacements(view, 'imdb', 'placed', {
      limit: 2,
      cursor: placements.nextCursor,
    });
    expect(items.map(({ cluster }) => cluster)).toEqual(['ut-provo-1']);
  });

  it('tell where they are refused', () => {
    const refused = listApplicationPlacements(
      view,
      'beer-kiosk',
      'refused',
      page,
    );
    expect(refused).toMatchObject({
      total: 1,
      items: [{ cluster: 'ut-provo-1', step: 'prohibit' }],
    });
    expect(refused.items[0].reason).toContain('not allowed');
  });

  it('run nowhere before they are merged', () => {
    expect(
      listApplicationPlacements(view, 'dogs-cats', 'placed', page),
    ).toMatchObject({ items: [], total: 0 });
  });

  it('belong to namespaces', () => {
    expect(getNamespaceReach(view, openIntents, 'point-of-sale')).toMatchObject(
      {
        sample: expect.arrayContaining(['tx-austin-1', 'ut-provo-1']),
        applications: [{ name: 'imdb', changeRequest: 'cr-1' }],
      },
    );
    expect(
      getNamespaceReach(view, openIntents, 'bar').applications.map(
        ({ name }) => name,
      ),
    ).toEqual(['beer-kiosk', 'dogs-cats']);
  });
});

describe('clusters', () => {
  it('tell what runs there and why', () => {
    const placements = getClusterPlacements(view, 'tx-austin-1');
    expect(placements).toMatchObject({
      cluster: 'tx-austin-1',
      shard: 'us-1',
      groups: [
        'franchise',
        'franchise.corporate',
        'geo',
        'geo.us',
        'geo.us.tx',
      ],
      namespaces: [
        { name: 'bar' },
        { name: 'point-of-sale', title: 'Point of sale' },
      ],
      applications: [
        {
          application: 'beer-kiosk',
          state: 'placed',
          version: '1.0.0',
          rule: 'edgenamespace:default/bar',
        },
        {
          application: 'dogs-cats',
          state: 'not-targeted',
          reason: 'The application is not merged on main yet',
        },
        { application: 'imdb', state: 'placed', version: '1.0.0' },
      ],
      usage: [
        { resource: 'cpu', requested: '750m', capacity: '2' },
        { resource: 'memory', requested: '64Mi', capacity: '4Gi' },
      ],
    });
    expect(placements.values.map(({ key, value }) => [key, value])).toEqual([
      ['banner', 'texas'],
      ['posHost', '10.0.0.1'],
      ['taxRegion', 'us'],
    ]);
  });

  it('tell what does not run there and why not', () => {
    const stateOf = (cluster: string, name: string) =>
      getClusterPlacements(view, cluster).applications.find(
        ({ application }) => application === name,
      );
    expect(stateOf('ut-provo-1', 'beer-kiosk')).toMatchObject({
      state: 'refused',
      step: 'prohibit',
      rule: expect.stringContaining('edgepolicy:default/us-alcohol-law'),
    });
    expect(stateOf('fr-paris-1', 'imdb')).toMatchObject({
      state: 'not-targeted',
      step: 'target',
      reason: 'Namespace point-of-sale does not select this cluster',
      rule: 'edgenamespace:default/point-of-sale#spec.selector',
    });
    expect(stateOf('us-old-1', 'imdb')).toMatchObject({
      state: 'not-targeted',
      reason: 'The cluster is retired',
    });
    expect(stateOf('tx-austin-2', 'imdb')).toMatchObject({
      state: 'placed',
      delivered: '0.9.0',
    });
    expect(stateOf('tx-austin-2', 'beer-kiosk')?.state).toBe('not-targeted');
  });
});
