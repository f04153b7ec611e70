import { createTestFleet } from '../../__testUtils__';
import {
  getNamespaceReach,
  listApplicationPlacements,
  listApplications,
} from './applicationQueries';

const fleet = createTestFleet();
const page = { limit: 50 };
const openIntents = new Map([['edgeapplication:default/imdb', 'cr-1']]);

describe('applications', () => {
  it('are listed with their reach', () => {
    expect(listApplications(fleet, openIntents).items).toMatchObject([
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
    const placements = listApplicationPlacements(fleet, 'imdb', 'placed', {
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
    expect(counts.get('geo.us')).toBe(3);
    expect(counts.has('geo')).toBe(false);
    expect(
      placements.byGroup.find(({ group }) => group === 'geo.us')?.hierarchy,
    ).toBe(fleet.view.snapshot.groups.get('geo')?.metadata.title ?? 'geo');
    const { items } = listApplicationPlacements(fleet, 'imdb', 'placed', {
      limit: 2,
      cursor: placements.nextCursor,
    });
    expect(items.map(({ cluster }) => cluster)).toEqual(['ut-provo-1']);
  });

  it('tell where they are refused', () => {
    const refused = listApplicationPlacements(
      fleet,
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

  it('tell where a change waits, what for and until when', () => {
    expect(
      listApplicationPlacements(fleet, 'imdb', 'held', page),
    ).toMatchObject({
      total: 1,
      items: [
        {
          cluster: 'tx-austin-2',
          delivered: '0.9.0',
          version: '1.0.0',
          held: {
            reasons: [
              {
                rule: 'edgepolicy:default/store-hours',
                reason: "Window 'store-hours' is closed",
                until: '2026-11-21T05:00:00.000Z',
              },
            ],
            next: '2026-11-21T05:00:00.000Z',
          },
        },
      ],
    });
  });

  it('run nowhere before they are merged', () => {
    expect(
      listApplicationPlacements(fleet, 'dogs-cats', 'placed', page),
    ).toMatchObject({ items: [], total: 0 });
  });

  it('belong to namespaces', () => {
    expect(
      getNamespaceReach(fleet, openIntents, 'point-of-sale'),
    ).toMatchObject({
      sample: expect.arrayContaining(['tx-austin-1', 'ut-provo-1']),
      applications: [{ name: 'imdb', changeRequest: 'cr-1' }],
    });
    expect(
      getNamespaceReach(fleet, openIntents, 'bar').applications.map(
        ({ name }) => name,
      ),
    ).toEqual(['beer-kiosk', 'dogs-cats']);
  });
});
