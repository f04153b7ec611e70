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
    const { entities: records, problems } = await catalog.read();
    expect(problems).toEqual([]);
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
    const { entities } = await catalog.read();
    expect(entities).toHaveLength(1);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringMatching(/^2 entities.*namespace is not 'default'/),
    );
  });

  it('leaves out what came from here, and says what the catalog says', async () => {
    const items = [
      {
        type: 'backstage.io/catalog-processing',
        level: 'error',
        message:
          'InputError: Processor X threw an error; caused by InputError: spec.colour: unknown field at https://ann:secret@example.org/a.yaml',
      },
      { type: 'x', level: 'warning', message: 'never mind' },
    ];
    const catalog = CatalogInventory.create({
      catalog: catalogServiceMock({
        entities: [
          entityOf('EdgeCluster', 'a', {
            annotations: {
              'backstage.io/managed-by-location': 'res-edge:inventory',
            },
          }),
          { ...entityOf('EdgeCluster', 'b'), status: { items } } as Entity,
          entityOf('EdgeCluster', 'c', {
            annotations: { ...annotations, 'backstage.io/orphan': 'true' },
          }),
        ],
      }),
      auth: mockServices.auth(),
      logger: mockServices.logger.mock(),
    });
    const { entities, problems } = await catalog.read();
    expect(entities.map(({ entity }) => entity.metadata)).toEqual([
      { name: 'b', namespace: 'default', annotations },
      { name: 'c', namespace: 'default', annotations },
    ]);
    expect(problems).toEqual([
      {
        entity: 'edgecluster:default/b',
        field: '',
        message:
          'the catalog cannot process it: spec.colour: unknown field at https://***@example.org/a.yaml',
      },
      {
        entity: 'edgecluster:default/c',
        field: '',
        message: expect.stringMatching(/^its place of registration is gone/),
      },
    ]);
  });
});
