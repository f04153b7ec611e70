import { createTestFleet } from '../../__testUtils__';
import { getClusterPlacements } from './clusterQueries';

const fleet = createTestFleet();

describe('clusters', () => {
  it('tell what runs there and why', () => {
    const placements = getClusterPlacements(fleet, 'tx-austin-1');
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
      getClusterPlacements(fleet, cluster).applications.find(
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
      held: { next: '2026-11-21T05:00:00.000Z' },
    });
    expect(stateOf('tx-austin-2', 'beer-kiosk')?.state).toBe('not-targeted');
  });
});
