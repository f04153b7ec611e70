import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { CatalogInventory } from './CatalogInventory';

const annotations = {
  'backstage.io/managed-by-location': 'url:https://example.org/fleet.yaml',
  'backstage.io/managed-by-origin-location': 'url:https://example.org/all.yaml',
};

function entityOf(kind: string, name: string, more: object = {}): Entity {
  return {
    apiVersion: 'res-edge.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default', annotations, ...more },
    spec: { groups: ['geo'] },
    relations: [{ type: 'partOf', targetRef: 'edgegroup:default/geo' }],
  };
}

describe('CatalogInventory', () => {
  it('reads the five kinds, page by page, without what the catalog adds', async () => {
    const clusters = Array.from({ length: 1200 }, (_, index) =>
      entityOf('EdgeCluster', `c-${index}`, {
        uid: `uid-${index}`,
        etag: `etag-${index}`,
        labels: { ring: 'beta' },
      }),
    );
    const catalog = CatalogInventory.create({
      catalog: catalogServiceMock({
        entities: [
          ...clusters,
          entityOf('EdgeGroup', 'geo', { annotations: undefined }),
          entityOf('EdgeNamespace', 'bar'),
          entityOf('EdgeApplication', 'imdb'),
          entityOf('EdgePolicy', 'law'),
          entityOf('Component', 'imdb'),
        ],
      }),
      auth: mockServices.auth(),
      logger: mockServices.logger.mock(),
    });
    const records = await catalog.read();
    expect(records).toHaveLength(1204);
    expect(records[0]).toEqual({
      entity: {
        apiVersion: 'res-edge.io/v1alpha1',
        kind: 'EdgeCluster',
        metadata: {
          name: 'c-0',
          namespace: 'default',
          annotations,
          labels: { ring: 'beta' },
        },
        spec: { groups: ['geo'] },
      },
      location: 'url:https://example.org/fleet.yaml',
    });
    expect(
      records.find(({ entity }) => entity.kind === 'EdgeGroup')?.location,
    ).toBeUndefined();
  });

  it('leaves out, aloud, what another namespace or version holds', async () => {
    const logger = mockServices.logger.mock();
    const catalog = CatalogInventory.create({
      catalog: catalogServiceMock({
        entities: [
          entityOf('EdgeCluster', 'a'),
          entityOf('EdgeCluster', 'a', { namespace: 'other' }),
          { ...entityOf('EdgeCluster', 'b'), apiVersion: 'example.org/v1' },
        ],
      }),
      auth: mockServices.auth(),
      logger,
    });
    await expect(catalog.read()).resolves.toHaveLength(1);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringMatching(/^2 entities.*namespace is not 'default'/),
    );
  });
});
