import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import {
  DatabaseAuditLog,
  DatabaseInventoryStore,
  Mutation,
  openDatabase,
} from '../database';
import { FollowingInventory } from './FollowingInventory';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const mutation: fc.Arbitrary<Mutation> = fc
  .record({
    action: fc.constantFrom('apply' as const, 'delete' as const),
    kind: fc.constantFrom('EdgeCluster' as const, 'EdgeGroup' as const),
    name: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    owner: fc.constantFrom('ann', 'bob'),
  })
  .map(({ action, kind, name, owner }) => ({
    action,
    kind,
    name,
    entity: {
      apiVersion: 'res-edge.io/v1alpha1',
      kind,
      metadata: { name },
      spec: { owner },
    },
  }));

describe.each(databases.eachSupportedId())(
  'FollowingInventory, %p',
  databaseId => {
    async function createStores() {
      const knex = await openDatabase(
        mockServices.database({
          knex: await databases.init(databaseId),
          migrations: { skip: false },
        }),
      );
      const store = DatabaseInventoryStore.create({ knex });
      const by = {
        actor: 'user:default/ann',
        origin: { type: 'api' },
      } as const;
      return {
        store,
        audit: DatabaseAuditLog.create({ knex }),
        apply: (mutations: Mutation[]) => store.apply(mutations, by),
      };
    }

    it('has what the store has, and keeps what did not change', async () => {
      const { store, apply } = await createStores();
      const inventory = FollowingInventory.create({ store });
      await fc.assert(
        fc.asyncProperty(
          fc.array(mutation, { maxLength: 6 }),
          async mutations => {
            const before = await inventory.load();
            const { revision } = before;
            await apply(mutations);
            const after = await inventory.load();
            expect(after).toEqual(await store.load());
            const kept = before.records.filter(record =>
              after.records.includes(record),
            );
            expect(kept).toEqual(
              after.records.filter(record => record.revision <= revision),
            );
          },
        ),
        { numRuns: 40 },
      );
    }, 60_000);

    it('reads everything where the changes are not kept, and once for all who ask at once', async () => {
      const { store, audit, apply } = await createStores();
      const spied = {
        revision: () => store.revision(),
        load: jest.fn(() => store.load()),
        changedSince: jest.fn((revision: number) =>
          store.changedSince(revision),
        ),
      };
      const inventory = FollowingInventory.create({ store: spied });
      const [one] = fc.sample(mutation, { seed: 1, numRuns: 1 });
      await apply([{ ...one, action: 'apply' } as Mutation]);
      const [first, second] = await Promise.all([
        inventory.load(),
        inventory.load(),
      ]);
      expect(second).toBe(first);
      expect(spied.load).toHaveBeenCalledTimes(1);
      expect(spied.changedSince).not.toHaveBeenCalled();

      await apply([{ ...one, action: 'delete' } as Mutation]);
      await audit.prune(new Date(Date.now() + 60_000));
      await expect(inventory.load()).resolves.toEqual({
        revision: 2,
        records: [],
      });
      expect(spied.load).toHaveBeenCalledTimes(2);
    });

    it('tries again after an error', async () => {
      const { store, apply } = await createStores();
      const load = jest
        .fn(() => store.load())
        .mockRejectedValueOnce(new Error('away'));
      const inventory = FollowingInventory.create({
        store: {
          revision: () => store.revision(),
          changedSince: revision => store.changedSince(revision),
          load,
        },
      });
      await apply(fc.sample(mutation, { seed: 1, numRuns: 3 }));
      const [failed, read] = await Promise.allSettled([
        inventory.load(),
        inventory.load(),
      ]);
      expect(failed.status).toBe('rejected');
      expect(read).toEqual({ status: 'fulfilled', value: await store.load() });
    });
  },
);
