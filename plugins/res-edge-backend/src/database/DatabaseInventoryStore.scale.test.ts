import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  EdgeEntity,
  validateEdgeEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { DatabaseAuditLog } from './DatabaseAuditLog';
import { DatabaseInventoryStore } from './DatabaseInventoryStore';
import { Mutation } from './Mutation';
import { openDatabase } from './openDatabase';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const kind = 'EdgeCluster';
const ann = { actor: 'user:default/ann', origin: { type: 'api' } } as const;
const by = { actor: 'plugin:res-edge', operation: 'sync' } as const;
const location = 'file:/fleet.yaml';

const clusters = Array.from(
  { length: 60_000 },
  (_, index): EdgeEntity => ({
    apiVersion: 'res-edge.io/v1alpha1',
    kind,
    metadata: {
      name: `store-${String(index).padStart(5, '0')}`,
      namespace: 'default',
      labels: { ring: 'beta', size: 'large' },
    },
    spec: {
      owner: 'group:default/operations',
      groups: ['geo.us', 'franchise.corporate'],
      attributes: { lanes: 2, grill: ['acme3000'] },
      capacity: { cpu: '16', memory: '64Gi' },
      timeZone: 'America/Chicago',
    },
  }),
);

const applyOf = (entity: EdgeEntity): Mutation => ({
  action: 'apply',
  kind,
  name: entity.metadata.name,
  entity,
});

describe.each(databases.eachSupportedId())(
  'DatabaseInventoryStore at scale, %p',
  databaseId => {
    async function createStores() {
      const knex = await openDatabase(
        mockServices.database({
          knex: await databases.init(databaseId),
          migrations: { skip: false },
        }),
      );
      return {
        inventory: DatabaseInventoryStore.create({ knex }),
        audit: DatabaseAuditLog.create({ knex }),
      };
    }

    it('gives each write its own revision, however many write at once', async () => {
      const { inventory, audit } = await createStores();
      const results = await Promise.all(
        clusters
          .slice(0, 20)
          .map(entity => inventory.apply([applyOf(entity)], ann)),
      );
      const revisions = Array.from({ length: 20 }, (_, index) => index + 1);
      expect(
        results.map(({ revision }) => revision).sort((a, b) => a - b),
      ).toEqual(revisions);
      await expect(inventory.revision()).resolves.toBe(20);
      const changes = await audit.changesSince({ revision: 0 }, 100);
      expect(changes?.map(({ revision }) => revision)).toEqual(revisions);
    });

    it('writes 60,000 records at once, and tells of the few that change', async () => {
      const { inventory } = await createStores();
      const mutations = clusters.map(applyOf);
      const first = await inventory.apply(mutations, ann);
      expect(first.revision).toBe(1);
      expect(first.results.every(({ status }) => status === 'created')).toBe(
        true,
      );
      await inventory.apply(
        [
          {
            action: 'patch',
            kind,
            name: 'store-00007',
            patch: { spec: { state: 'draining' } },
          },
          { action: 'delete', kind, name: 'store-00008' },
        ],
        ann,
      );
      await expect(inventory.changedSince(1)).resolves.toMatchObject({
        revision: 2,
        written: [{ entity: { metadata: { name: 'store-00007' } } }],
        deleted: [{ kind, name: 'store-00008' }],
      });
      const again = await inventory.apply(mutations.slice(0, 10_000), ann);
      expect(again.results.map(({ status }) => status).slice(6, 10)).toEqual([
        'unchanged',
        'updated',
        'created',
        'unchanged',
      ]);
    }, 240_000);

    it('holds 60,000 clusters of the catalog', async () => {
      const { inventory } = await createStores();
      const registered = clusters.map(entity => ({
        entity: validateEdgeEntity(entity),
        location,
      }));
      await expect(
        inventory.replaceFromOrigin({ type: 'catalog' }, registered, by),
      ).resolves.toMatchObject({ added: 60_000, revision: 1 });
      await expect(
        inventory.replaceFromOrigin(
          { type: 'catalog' },
          registered.slice(30_000),
          by,
        ),
      ).resolves.toMatchObject({ added: 0, removed: 30_000, revision: 2 });
      const { records } = await inventory.load();
      expect(records).toHaveLength(30_000);
      expect(records[0]).toMatchObject({
        entity: clusters[30_000],
        origin: { type: 'catalog', location },
      });
    }, 240_000);
  },
);
