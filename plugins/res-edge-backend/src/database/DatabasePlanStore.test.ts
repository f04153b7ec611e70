import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { DatabaseChangeRequestStore } from './DatabaseChangeRequestStore';
import { DatabasePlanStore } from './DatabasePlanStore';
import { openDatabase } from './openDatabase';
import { StoredPlan } from './PlanStore';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const totals = { won: 1, lost: 2, changed: 3, refused: 4, bills: 5 };
const none = { count: 0, sample: [], byGroup: [] };

function planOf(id: string, more: Partial<StoredPlan> = {}): StoredPlan {
  return {
    id,
    createdAt: '2026-11-20T12:00:00.000Z',
    cause: 'inventory',
    mainCommit: 'c0ffee',
    inventoryRevision: 7,
    totals,
    effects: [
      {
        kind: 'application',
        name: 'imdb',
        won: { count: 1, sample: ['a'], byGroup: [] },
        lost: none,
        changed: none,
        refused: none,
      },
    ],
    problems: [{ entity: 'edgegroup:default/x', field: '', message: 'odd' }],
    ...more,
  };
}

describe.each(databases.eachSupportedId())(
  'DatabasePlanStore, %p',
  databaseId => {
    async function createStores(options: { retention?: number } = {}) {
      const knex = await openDatabase(
        mockServices.database({
          knex: await databases.init(databaseId),
          migrations: { skip: false },
        }),
      );
      return {
        plans: DatabasePlanStore.create({ knex, ...options }),
        changeRequests: DatabaseChangeRequestStore.create({ knex }),
      };
    }

    it('gives back what was saved', async () => {
      const { plans } = await createStores();
      await plans.save(planOf('one', { changeRequest: 'imdb' }));
      await plans.save(planOf('two', { mainCommit: undefined }));
      await expect(plans.get('one')).resolves.toEqual(
        planOf('one', { changeRequest: 'imdb' }),
      );
      await expect(plans.get('two')).resolves.toEqual(
        planOf('two', { mainCommit: undefined }),
      );
      const { effects, problems, inventoryRevision, ...summary } = planOf(
        'one',
        { changeRequest: 'imdb' },
      );
      await expect(plans.getSummary('one')).resolves.toEqual(summary);
      await expect(plans.getSummary('three')).resolves.toBeUndefined();
      await expect(plans.get('three')).rejects.toThrow(/No plan 'three'/);
    });

    it('never changes a plan', async () => {
      const { plans } = await createStores();
      await plans.save(planOf('one'));
      await plans.save(planOf('one', { cause: 'another' }));
      await expect(plans.get('one')).resolves.toEqual(planOf('one'));
    });

    it('lists the newest first, page by page, while new ones come', async () => {
      const { plans } = await createStores();
      for (const id of ['a', 'b', 'c', 'd', 'e']) {
        await plans.save(planOf(id));
      }
      const first = await plans.list({ limit: 2 });
      expect(first.items.map(({ id }) => id)).toEqual(['e', 'd']);
      expect(first.items[0]).not.toHaveProperty('effects');

      await plans.save(planOf('f'));
      const second = await plans.list({ limit: 2, cursor: first.nextCursor });
      expect(second.items.map(({ id }) => id)).toEqual(['c', 'b']);
      const third = await plans.list({ limit: 2, cursor: second.nextCursor });
      expect(third.items.map(({ id }) => id)).toEqual(['a']);
      expect(third.nextCursor).toBeUndefined();
    });

    it.each(['', 'x', 'W10', 'WyJhIl0', 'bnVsbA'])(
      'refuses the cursor %p, which is none of its own',
      async cursor => {
        const { plans } = await createStores();
        await expect(plans.list({ limit: 2, cursor })).rejects.toMatchObject({
          name: 'InputError',
          field: 'cursor',
        });
      },
    );

    it('keeps the newest, and those of open change requests', async () => {
      const { plans, changeRequests } = await createStores({ retention: 2 });
      const changeRequest = {
        intent: 'edgeapplication:default/imdb',
        title: 'imdb 1.0.1',
        branch: 'res-edge/imdb',
        digest: 'd',
        totals,
        createdAt: '2026-11-20T12:00:00.000Z',
        updatedAt: '2026-11-20T12:00:00.000Z',
      };
      await changeRequests.upsert({
        ...changeRequest,
        id: 'open',
        state: 'open',
        planId: 'a',
      });
      await changeRequests.upsert({
        ...changeRequest,
        id: 'merged',
        state: 'merged',
        planId: 'b',
      });
      await changeRequests.upsert({
        ...changeRequest,
        id: 'without',
        state: 'open',
      });
      for (const id of ['a', 'b', 'c', 'd']) {
        await plans.save(planOf(id));
      }
      const { items } = await plans.list({ limit: 10 });
      expect(items.map(({ id }) => id)).toEqual(['d', 'c', 'a']);
    });
  },
);
