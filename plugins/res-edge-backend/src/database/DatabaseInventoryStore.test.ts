import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { EdgeEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { DatabaseAuditLog } from './DatabaseAuditLog';
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
const catalog = { type: 'catalog' } as const;
const azure = { type: 'provider', location: 'azure-arc' } as const;
const by = { actor: 'plugin:res-edge', operation: 'sync' } as const;

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
      const now = () => new Date('2026-11-26T12:00:00Z');
      const inventory = DatabaseInventoryStore.create({
        knex,
        now,
        ...options,
      });
      return {
        inventory,
        audit: DatabaseAuditLog.create({ knex, now }),
        replaceCatalog: (
          entities: Parameters<typeof inventory.replaceFromOrigin>[1],
        ) => inventory.replaceFromOrigin(catalog, entities, by),
      };
    }

    it('starts empty, and an empty catalog is no change', async () => {
      const { inventory, replaceCatalog } = await createStore();
      await expect(inventory.load()).resolves.toEqual({
        revision: 0,
        records: [],
      });
      await expect(replaceCatalog([])).resolves.toEqual({
        added: 0,
        changed: 0,
        removed: 0,
        conflicts: [],
        revision: 0,
      });
    });

    it('counts what is added, changed and removed, and nothing else', async () => {
      const { inventory, replaceCatalog } = await createStore();
      const a = entityOf('EdgeCluster', 'a');
      const b = entityOf('EdgeCluster', 'b', { state: 'active' });
      const group = entityOf('EdgeGroup', 'geo');
      await expect(
        replaceCatalog([
          { entity: b, location },
          { entity: group, location },
          { entity: a, location },
        ]),
      ).resolves.toEqual({
        added: 3,
        changed: 0,
        removed: 0,
        conflicts: [],
        revision: 1,
      });

      // The same again, in another order.
      await expect(
        replaceCatalog([
          { entity: a, location },
          { entity: b, location },
          { entity: group, location },
        ]),
      ).resolves.toEqual({
        added: 0,
        changed: 0,
        removed: 0,
        conflicts: [],
        revision: 1,
      });

      const draining = entityOf('EdgeCluster', 'b', { state: 'draining' });
      const c = entityOf('EdgeCluster', 'c');
      await expect(
        replaceCatalog([
          { entity: draining, location },
          { entity: c },
          { entity: group, location },
        ]),
      ).resolves.toEqual({
        added: 1,
        changed: 1,
        removed: 1,
        conflicts: [],
        revision: 2,
      });

      await expect(inventory.load()).resolves.toMatchObject({
        revision: 2,
        records: [
          {
            entity: draining,
            origin: { type: 'catalog', location },
            revision: 2,
          },
          {
            entity: c,
            origin: { type: 'catalog', location: undefined },
            revision: 2,
          },
          {
            entity: group,
            origin: { type: 'catalog', location },
            revision: 1,
          },
        ],
      });
      await expect(inventory.revision()).resolves.toBe(2);
    });

    it('sees that an entity moved to another location', async () => {
      const { inventory, replaceCatalog } = await createStore();
      const entity = entityOf('EdgeGroup', 'geo');
      await replaceCatalog([{ entity, location }]);
      await expect(replaceCatalog([{ entity }])).resolves.toEqual({
        added: 0,
        changed: 1,
        removed: 0,
        conflicts: [],
        revision: 2,
      });
      const { records } = await inventory.load();
      expect(records[0].origin.location).toBeUndefined();
    });

    it('refuses to lose every cluster, and changes nothing then', async () => {
      const { inventory, replaceCatalog } = await createStore();
      const entities = [
        { entity: entityOf('EdgeCluster', 'a') },
        { entity: entityOf('EdgeGroup', 'geo') },
      ];
      await replaceCatalog(entities);
      await expect(replaceCatalog([])).rejects.toThrow(
        /no EdgeCluster.*resEdge.inventory.allowEmpty/,
      );
      await expect(replaceCatalog([entities[1]])).rejects.toThrow(
        /no EdgeCluster/,
      );
      await expect(inventory.load()).resolves.toMatchObject({
        revision: 1,
        records: [entities[0], entities[1]],
      });
    });

    it('becomes empty where the operator says that this is meant', async () => {
      const { replaceCatalog } = await createStore({ allowEmpty: true });
      await replaceCatalog([{ entity: entityOf('EdgeCluster', 'a') }]);
      await expect(replaceCatalog([])).resolves.toMatchObject({
        removed: 1,
        revision: 2,
      });
    });

    it('lets two replicas sync at once', async () => {
      const { inventory, replaceCatalog } = await createStore();
      const entities = [{ entity: entityOf('EdgeCluster', 'a') }];
      const changes = await Promise.all([
        replaceCatalog(entities),
        replaceCatalog(entities),
      ]);
      expect(changes.map(({ added }) => added).sort()).toEqual([0, 1]);
      await expect(inventory.revision()).resolves.toBe(1);
    });

    it('notes each change with who made it, before and after', async () => {
      const { audit, replaceCatalog } = await createStore({ allowEmpty: true });
      const a = entityOf('EdgeCluster', 'a');
      const b = entityOf('EdgeCluster', 'b');
      const draining = entityOf('EdgeCluster', 'a', { state: 'draining' });
      await replaceCatalog([{ entity: a }, { entity: b }]);
      await replaceCatalog([{ entity: draining }]);
      const { items } = await audit.list({}, { limit: 10 });
      const common = {
        at: '2026-11-26T12:00:00.000Z',
        actor: 'plugin:res-edge',
        operation: 'sync',
        origin: 'catalog',
        kind: 'EdgeCluster',
      };
      expect(items).toEqual([
        {
          ...common,
          sequence: 4,
          revision: 2,
          name: 'a',
          before: a,
          after: draining,
        },
        { ...common, sequence: 3, revision: 2, name: 'b', before: b },
        { ...common, sequence: 2, revision: 1, name: 'b', after: b },
        { ...common, sequence: 1, revision: 1, name: 'a', after: a },
      ]);
    });

    it('leaves a name to the origin that had it first, and says so', async () => {
      const { inventory, replaceCatalog } = await createStore();
      const a = entityOf('EdgeCluster', 'a');
      const other = entityOf('EdgeCluster', 'a', { state: 'draining' });
      await replaceCatalog([{ entity: a, location }]);
      const conflict = {
        kind: 'EdgeCluster',
        name: 'a',
        origin: { type: 'catalog', location },
        also: azure,
      };
      const replaceAzure = (entities: { entity: EdgeEntity }[]) =>
        inventory.replaceFromOrigin(azure, entities, by);
      await expect(replaceAzure([{ entity: other }])).resolves.toEqual({
        added: 0,
        changed: 0,
        removed: 0,
        conflicts: [conflict],
        revision: 2,
      });
      await expect(inventory.get('EdgeCluster', 'a')).resolves.toMatchObject({
        entity: a,
        origin: { type: 'catalog', location },
        alsoAt: [azure],
        revision: 2,
      });
      // Known already, and still so after the record changes.
      await expect(replaceAzure([{ entity: other }])).resolves.toMatchObject({
        conflicts: [conflict],
        revision: 2,
      });
      const b = entityOf('EdgeCluster', 'b');
      await replaceCatalog([{ entity: a }, { entity: b }]);
      await expect(inventory.get('EdgeCluster', 'a')).resolves.toMatchObject({
        alsoAt: [azure],
        revision: 3,
      });

      // The first one lets go: the next reading of the other takes the name.
      await replaceCatalog([{ entity: b }]);
      await expect(replaceAzure([{ entity: other }])).resolves.toMatchObject({
        added: 1,
        conflicts: [],
      });
      await expect(inventory.get('EdgeCluster', 'a')).resolves.toMatchObject({
        entity: other,
        origin: azure,
        alsoAt: [],
      });
      await replaceCatalog([{ entity: a, location }, { entity: b }]);
      await replaceCatalog([{ entity: b }]);
      await expect(inventory.get('EdgeCluster', 'a')).resolves.toMatchObject({
        origin: azure,
        alsoAt: [],
      });
    });

    it('leaves the records of others, and says where to change them', async () => {
      const { inventory, replaceCatalog } = await createStore();
      await replaceCatalog([
        {
          entity: entityOf('EdgeCluster', 'a'),
          location: 'file:/srv/of/us/fleet.yaml',
        },
      ]);
      const b = entityOf('EdgeCluster', 'b');
      await inventory.replaceFromOrigin(azure, [{ entity: b }], by);
      const kind = 'EdgeCluster';
      const entity = entityOf(kind, 'a', { owner: 'me' });
      const { revision, results } = await inventory.apply(
        [
          { action: 'create', kind, name: 'a', entity },
          { action: 'apply', kind, name: 'a', entity },
          { action: 'patch', kind, name: 'a', patch: { spec: {} } },
          { action: 'delete', kind, name: 'b' },
        ],
        { actor: 'user:default/ann', origin: { type: 'api' } },
      );
      expect(revision).toBe(2);
      expect(results.map(({ error }) => error?.name)).toEqual(
        Array(4).fill('ConflictError'),
      );
      expect(results[1].error?.message).toBe(
        "EdgeCluster 'a' is registered in the catalog at file:us/fleet.yaml: change it there",
      );
      expect(results[3].error?.message).toBe(
        "EdgeCluster 'b' comes from the provider 'azure-arc': change it there",
      );
    });

    it('keeps the records of providers apart', async () => {
      const { inventory } = await createStore({ allowEmpty: true });
      const eks = { type: 'provider', location: 'eks' } as const;
      const a = { entity: entityOf('EdgeCluster', 'a') };
      const b = { entity: entityOf('EdgeCluster', 'b') };
      await inventory.replaceFromOrigin(azure, [a], by);
      await inventory.replaceFromOrigin(eks, [b], by);
      await inventory.replaceFromOrigin(azure, [], by);
      await expect(inventory.load()).resolves.toMatchObject({
        records: [{ ...b, origin: eks }],
      });
    });
  },
);
