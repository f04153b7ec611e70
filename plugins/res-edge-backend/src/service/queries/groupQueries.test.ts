import { createTestFleet } from '../../__testUtils__';
import { getGroup, listRootGroups } from './groupQueries';

const fleet = createTestFleet();

describe('groups', () => {
  it('start at the roots', () => {
    expect(listRootGroups(fleet).items).toEqual([
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
    const details = getGroup(fleet, 'geo.us.tx');
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
    expect(getGroup(fleet, 'geo').direct).toBe(0);
  });
});
