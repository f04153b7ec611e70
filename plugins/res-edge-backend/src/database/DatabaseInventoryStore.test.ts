import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { EdgeEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { DatabaseInventoryStore } from './DatabaseInventoryStore';
import { openDatabase } from './openDatabase';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

function entityOf(
  kind: EdgeEntity['kind'],
  name: string,
  spec: object = {},
): EdgeEntity {
  return {
    apiVersion: 'res-edge.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default' },
    spec,
  } as EdgeEntity;
}

const location = 'file:/fleet.yaml';

describe.each(databases.eachSupportedId())(
  'DatabaseInventoryStore, %p',
  databaseId => {
    async function createStore(options: { allowEmpty?: boolean } = {}) {
      const knex = await openDatabase(
        mockServices.database({
          knex: await databases.init(databaseId),
          migrations: { skip: false },
        }),
      );
      return DatabaseInventoryStore.create({ knex, ...options });
    }

    it('starts empty, and an empty catalog is no change', async () => {
      const store = await createStore();
      await expect(store.load()).resolves.toEqual({
        revision: 0,
        entities: [],
      });
      await expect(store.replaceFromCatalog([])).resolves.toEqual({
        added: 0,
        changed: 0,
        removed: 0,
        revision: 0,
      });
    });

    it('counts what is added, changed and removed, and nothing else', async () => {
      const store = await createStore();
      const a = entityOf('EdgeCluster', 'a');
      const b = entityOf('EdgeCluster', 'b', { state: 'active' });
      const group = entityOf('EdgeGroup', 'geo');
      await expect(
        store.replaceFromCatalog([
          { entity: b, location },
          { entity: group, location },
          { entity: a, location },
        ]),
      ).resolves.toEqual({ added: 3, changed: 0, removed: 0, revision: 1 });

      // The same again, in another order.
      await expect(
        store.replaceFromCatalog([
          { entity: a, location },
          { entity: b, location },
          { entity: group, location },
        ]),
      ).resolves.toEqual({ added: 0, changed: 0, removed: 0, revision: 1 });

      const draining = entityOf('EdgeCluster', 'b', { state: 'draining' });
      const c = entityOf('EdgeCluster', 'c');
      await expect(
        store.replaceFromCatalog([
          { entity: draining, location },
          { entity: c },
          { entity: group, location },
        ]),
      ).resolves.toEqual({ added: 1, changed: 1, removed: 1, revision: 2 });

      await expect(store.load()).resolves.toEqual({
        revision: 2,
        entities: [
          { entity: draining, origin: { type: 'catalog', location } },
          { entity: c, origin: { type: 'catalog', location: undefined } },
          { entity: group, origin: { type: 'catalog', location } },
        ],
      });
      await expect(store.revision()).resolves.toBe(2);
    });

    it('sees that an entity moved to another location', async () => {
      const store = await createStore();
      const entity = entityOf('EdgeGroup', 'geo');
      await store.replaceFromCatalog([{ entity, location }]);
      await expect(store.replaceFromCatalog([{ entity }])).resolves.toEqual({
        added: 0,
        changed: 1,
        removed: 0,
        revision: 2,
      });
      const { entities } = await store.load();
      expect(entities[0].origin.location).toBeUndefined();
    });

    it('refuses to lose every cluster, and changes nothing then', async () => {
      const store = await createStore();
      const entities = [
        { entity: entityOf('EdgeCluster', 'a') },
        { entity: entityOf('EdgeGroup', 'geo') },
      ];
      await store.replaceFromCatalog(entities);
      await expect(store.replaceFromCatalog([])).rejects.toThrow(
        /no EdgeCluster.*resEdge.inventory.allowEmpty/,
      );
      await expect(store.replaceFromCatalog([entities[1]])).rejects.toThrow(
        /no EdgeCluster/,
      );
      await expect(store.load()).resolves.toMatchObject({
        revision: 1,
        entities: [entities[0], entities[1]],
      });
    });

    it('becomes empty where the operator says that this is meant', async () => {
      const store = await createStore({ allowEmpty: true });
      await store.replaceFromCatalog([
        { entity: entityOf('EdgeCluster', 'a') },
      ]);
      await expect(store.replaceFromCatalog([])).resolves.toMatchObject({
        removed: 1,
        revision: 2,
      });
    });

    it('lets two replicas sync at once', async () => {
      const store = await createStore();
      const entities = [{ entity: entityOf('EdgeCluster', 'a') }];
      const changes = await Promise.all([
        store.replaceFromCatalog(entities),
        store.replaceFromCatalog(entities),
      ]);
      expect(changes.map(({ added }) => added).sort()).toEqual([0, 1]);
      await expect(store.revision()).resolves.toBe(1);
    });

    it('holds 60,000 clusters', async () => {
      const store = await createStore();
      const clusters = Array.from({ length: 60_000 }, (_, index) => ({
        entity: entityOf(
          'EdgeCluster',
          `store-${String(index).padStart(5, '0')}`,
          { groups: ['geo.us'], attributes: { lanes: 2, grill: ['acme3000'] } },
        ),
        location,
      }));
      await expect(store.replaceFromCatalog(clusters)).resolves.toMatchObject({
        added: 60_000,
        revision: 1,
      });
      await expect(
        store.replaceFromCatalog(clusters.slice(30_000)),
      ).resolves.toMatchObject({ added: 0, removed: 30_000, revision: 2 });
      const { entities } = await store.load();
      expect(entities).toHaveLength(30_000);
      expect(entities[0]).toEqual({
        entity: clusters[30_000].entity,
        origin: { type: 'catalog', location },
      });
    }, 60_000);
  },
);
