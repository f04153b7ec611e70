import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { EdgeEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { DatabaseAuditLog } from './DatabaseAuditLog';
import { DatabaseInventoryStore } from './DatabaseInventoryStore';
import { openDatabase } from './openDatabase';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

function clusterOf(name: string): EdgeEntity {
  return {
    apiVersion: 'res-edge.io/v1alpha1',
    kind: 'EdgeCluster',
    metadata: { name, namespace: 'default' },
    spec: {},
  };
}

describe.each(databases.eachSupportedId())(
  'DatabaseAuditLog, %p',
  databaseId => {
    async function createLog() {
      const knex = await openDatabase(
        mockServices.database({
          knex: await databases.init(databaseId),
          migrations: { skip: false },
        }),
      );
      const clock = { now: new Date('2026-11-26T12:00:00Z') };
      const now = () => clock.now;
      const inventory = DatabaseInventoryStore.create({ knex, now });
      return {
        clock,
        audit: DatabaseAuditLog.create({ knex, now }),
        inventory,
        create: (actor: string, ...names: string[]) =>
          inventory.apply(
            names.map(name => ({
              action: 'create',
              kind: 'EdgeCluster',
              name,
              entity: clusterOf(name),
            })),
            { actor, origin: { type: 'api' } },
          ),
      };
    }

    it('finds by entity, actor and time, the newest first, page by page', async () => {
      const { audit, clock, create } = await createLog();
      await create('user:default/ann', 'a', 'b');
      clock.now = new Date('2026-11-26T13:00:00Z');
      await create('user:default/bob', 'c');
      await audit.append([
        {
          actor: 'user:default/ann',
          operation: 'merge',
          kind: 'ChangeRequest',
          name: 'imdb-1',
          request: 'r1',
          after: { state: 'merged' },
        },
      ]);
      const names = async (query: object) =>
        (await audit.list(query, { limit: 10 })).items.map(({ name }) => name);
      await expect(names({})).resolves.toEqual(['imdb-1', 'c', 'b', 'a']);
      await expect(names({ actor: 'user:default/ann' })).resolves.toEqual([
        'imdb-1',
        'b',
        'a',
      ]);
      await expect(names({ kind: 'EdgeCluster', name: 'b' })).resolves.toEqual([
        'b',
      ]);
      await expect(
        names({ from: '2026-11-26T13:00:00.000Z' }),
      ).resolves.toEqual(['imdb-1', 'c']);
      await expect(names({ to: '2026-11-26T13:00:00.000Z' })).resolves.toEqual([
        'b',
        'a',
      ]);

      const first = await audit.list({}, { limit: 3 });
      expect(first.items[0]).toEqual({
        sequence: 4,
        at: '2026-11-26T13:00:00.000Z',
        actor: 'user:default/ann',
        operation: 'merge',
        request: 'r1',
        kind: 'ChangeRequest',
        name: 'imdb-1',
        after: { state: 'merged' },
      });
      // What is new meanwhile shifts no page.
      await create('user:default/ann', 'd');
      const { items, nextCursor } = await audit.list(
        {},
        { limit: 3, cursor: first.nextCursor },
      );
      expect(items.map(({ name }) => name)).toEqual(['a']);
      expect(nextCursor).toBeUndefined();
      await expect(
        audit.list({}, { limit: 3, cursor: 'nonsense' }),
      ).rejects.toThrow('cursor');
    });

    it('tells of changes of the inventory in their order, as far as they are kept', async () => {
      const { audit, inventory, clock, create } = await createLog();
      await create('ann', 'a', 'b');
      await audit.append([
        { actor: 'ann', operation: 'run', kind: 'Plan', name: 'p' },
      ]);
      clock.now = new Date('2026-11-26T13:00:00Z');
      await create('ann', 'c');
      const first = await audit.changesSince({ revision: 0 }, 1);
      expect(first).toEqual([
        {
          sequence: 1,
          revision: 1,
          action: 'created',
          kind: 'EdgeCluster',
          name: 'a',
        },
      ]);
      const rest = await audit.changesSince({ revision: 0, sequence: 1 }, 10);
      expect(rest?.map(({ name }) => name)).toEqual(['b', 'c']);
      await expect(audit.changesSince({ revision: 2 }, 10)).resolves.toEqual(
        [],
      );

      await expect(audit.prune(clock.now)).resolves.toBe(3);
      await expect(
        audit.changesSince({ revision: 0 }, 10),
      ).resolves.toBeUndefined();
      await expect(inventory.changedSince(0)).resolves.toBeUndefined();
      const kept = await audit.changesSince({ revision: 1 }, 10);
      expect(kept?.map(({ name }) => name)).toEqual(['c']);
      await expect(inventory.changedSince(1)).resolves.toMatchObject({
        revision: 2,
      });
      await expect(audit.prune(clock.now)).resolves.toBe(0);
    });
  },
);
