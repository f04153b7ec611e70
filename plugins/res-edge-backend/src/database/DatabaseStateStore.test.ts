import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { DatabaseStateStore } from './DatabaseStateStore';
import { openDatabase } from './openDatabase';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())(
  'DatabaseStateStore, %p',
  databaseId => {
    async function createStore() {
      const knex = await openDatabase(
        mockServices.database({
          knex: await databases.init(databaseId),
          migrations: { skip: false },
        }),
      );
      const clock = { now: Date.parse('2026-11-20T12:00:00Z') };
      const store = DatabaseStateStore.create({
        knex,
        now: () => new Date(clock.now),
      });
      return { store, clock };
    }

    it('remembers values by key', async () => {
      const { store } = await createStore();
      await expect(store.get('delivery')).resolves.toBeUndefined();
      await store.set('delivery', { state: 'never' });
      await store.set('delivery', { state: 'delivered', shards: ['a'] });
      await store.set('__proto__', 1);
      await expect(store.get('delivery')).resolves.toEqual({
        state: 'delivered',
        shards: ['a'],
      });
      await expect(store.get('__proto__')).resolves.toBe(1);
    });

    it('gives a lease to one holder at a time, with a number that grows', async () => {
      const { store, clock } = await createStore();
      const first = await store.acquireLease('writer', 'one', 1000);
      expect(first).toMatchObject({ holder: 'one', fencing: 1 });
      await expect(
        store.acquireLease('writer', 'two', 1000),
      ).resolves.toBeUndefined();
      await expect(
        store.acquireLease('another', 'two', 1000),
      ).resolves.toMatchObject({ fencing: 1 });

      clock.now += 1000;
      await expect(
        store.acquireLease('writer', 'two', 1000),
      ).resolves.toMatchObject({ holder: 'two', fencing: 2 });
    });

    it('gives it to one of many that ask at once', async () => {
      const { store } = await createStore();
      const leases = await Promise.all(
        ['a', 'b', 'c', 'd'].map(holder =>
          store.acquireLease('writer', holder, 1000),
        ),
      );
      expect(leases.filter(Boolean)).toHaveLength(1);
    });

    it('refuses a writer that slept through the end of its lease', async () => {
      const { store, clock } = await createStore();
      const old = (await store.acquireLease('writer', 'one', 1000))!;
      await store.set('head', 'a', old);
      await expect(store.assertFencing(old)).resolves.toBeUndefined();

      clock.now += 1000;
      await expect(store.assertFencing(old)).rejects.toMatchObject({
        name: 'ConflictError',
      });
      const lease = (await store.acquireLease('writer', 'two', 1000))!;
      await expect(store.set('head', 'b', old)).rejects.toThrow(
        /'writer' number 1/,
      );
      await expect(store.renewLease(old, 1000)).rejects.toThrow(
        /another replica/,
      );
      await store.releaseLease(old);
      await store.set('head', 'c', lease);
      await expect(store.get('head')).resolves.toBe('c');
    });

    it('renews and releases', async () => {
      const { store, clock } = await createStore();
      const lease = (await store.acquireLease('writer', 'one', 1000))!;
      clock.now += 900;
      const renewed = await store.renewLease(lease, 1000);
      clock.now += 900;
      await expect(store.assertFencing(renewed)).resolves.toBeUndefined();
      await expect(
        store.acquireLease('writer', 'two', 1000),
      ).resolves.toBeUndefined();
      await store.releaseLease(renewed);
      await expect(
        store.acquireLease('writer', 'two', 1000),
      ).resolves.toMatchObject({ fencing: 2 });
    });

    it('fences off its own earlier self', async () => {
      const { store } = await createStore();
      const before = (await store.acquireLease('writer', 'one', 1000))!;
      const after = (await store.acquireLease('writer', 'one', 1000))!;
      expect(after.fencing).toBe(2);
      await expect(store.assertFencing(before)).rejects.toThrow(/ran out/);
      await expect(store.assertFencing(after)).resolves.toBeUndefined();
    });
  },
);
