import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { StoredChangeRequest } from './ChangeRequestStore';
import { DatabaseChangeRequestStore } from './DatabaseChangeRequestStore';
import { openDatabase } from './openDatabase';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

function requestOf(
  id: string,
  more: Partial<StoredChangeRequest> = {},
): StoredChangeRequest {
  return {
    id,
    intent: `edgeapplication:default/${id}`,
    title: `${id} 1.0.1`,
    state: 'open',
    branch: `res-edge/${id}`,
    digest: 'd1',
    totals: { won: 1, lost: 0, changed: 0, refused: 0, bills: 1 },
    createdAt: '2026-11-20T12:00:00.000Z',
    updatedAt: '2026-11-20T12:00:00.000Z',
    ...more,
  };
}

const full = requestOf('full', {
  description: 'All of it',
  baseCommit: 'base',
  headCommit: 'head',
  planId: 'plan',
  requestedBy: 'file:/apps.yaml',
  blocked: 'It conflicts with main',
  mergedAt: '2026-11-20T13:00:00.000Z',
  mergedBy: 'user:default/ada',
  mergeCommit: 'merge',
  pullRequest: { number: 7, url: 'https://example.org/7', state: 'merged' },
});

describe.each(databases.eachSupportedId())(
  'DatabaseChangeRequestStore, %p',
  databaseId => {
    async function createStore() {
      const knex = await openDatabase(
        mockServices.database({
          knex: await databases.init(databaseId),
          migrations: { skip: false },
        }),
      );
      return DatabaseChangeRequestStore.create({ knex });
    }

    it('gives back what was put in, and replaces it whole', async () => {
      const store = await createStore();
      await store.upsert(full);
      await expect(store.get('full')).resolves.toEqual(full);
      await store.upsert(requestOf('full', { title: 'new' }));
      await expect(store.get('full')).resolves.toEqual(
        requestOf('full', { title: 'new' }),
      );
      await expect(store.get('other')).rejects.toThrow(
        /No change request 'other'/,
      );
    });

    it('lists open ones first, then the newest, page by page', async () => {
      const store = await createStore();
      await store.upsert(
        requestOf('a', { createdAt: '2026-11-20T10:00:00.000Z' }),
      );
      await store.upsert(
        requestOf('b', {
          state: 'merged',
          createdAt: '2026-11-20T14:00:00.000Z',
        }),
      );
      await store.upsert(
        requestOf('c', { createdAt: '2026-11-20T11:00:00.000Z' }),
      );
      await store.upsert(
        requestOf('d', {
          state: 'superseded',
          createdAt: '2026-11-20T14:00:00.000Z',
        }),
      );
      await store.upsert(
        requestOf('e', {
          state: 'merged',
          createdAt: '2026-11-20T15:00:00.000Z',
        }),
      );

      const ids = [];
      let cursor: string | undefined;
      do {
        const page = await store.list({ limit: 2, cursor });
        expect(page.total).toBe(5);
        ids.push(page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor);
      expect(ids).toEqual([['c', 'a'], ['e', 'b'], ['d']]);

      const merged = await store.list({ limit: 1, state: 'merged' });
      expect(merged).toMatchObject({ total: 2, items: [{ id: 'e' }] });
      const open = await store.listOpen();
      expect(open.map(({ id }) => id)).toEqual(['c', 'a']);
    });

    it('changes the state once', async () => {
      const store = await createStore();
      await store.upsert(requestOf('a', { blocked: 'for a moment' }));
      const merge = {
        state: 'merged' as const,
        updatedAt: '2026-11-20T13:00:00.000Z',
        mergedAt: '2026-11-20T13:00:00.000Z',
        mergedBy: 'user:default/ada',
        mergeCommit: 'merge',
      };
      const expected = requestOf('a', { ...merge, blocked: undefined });
      await expect(
        store.transition('a', { state: 'open', digest: 'd1' }, merge),
      ).resolves.toEqual(expected);
      await expect(
        store.transition('a', { state: 'open' }, merge),
      ).rejects.toThrow("Change request 'a' is merged, not open");
      await expect(store.get('a')).resolves.toEqual(expected);
    });

    it('lists what some commits merged of an intent', async () => {
      const store = await createStore();
      const merged: Partial<StoredChangeRequest> = {
        intent: 'asked',
        state: 'merged',
        mergeCommit: 'm1',
      };
      await store.upsert(requestOf('a', merged));
      await store.upsert(requestOf('b', { ...merged, mergeCommit: 'm2' }));
      await store.upsert(requestOf('c', { ...merged, intent: 'other' }));
      await store.upsert(requestOf('d', { ...merged, state: 'superseded' }));
      const found = await store.listMerged('asked', ['m1', 'm3']);
      expect(found).toEqual([requestOf('a', merged)]);
      expect(await store.listMerged('asked', [])).toEqual([]);
    });

    it('keeps the pull request where a change does not speak of it', async () => {
      const store = await createStore();
      await store.upsert(requestOf('a'));
      const updatedAt = '2026-11-20T13:00:00.000Z';
      const pullRequest = {
        number: 7,
        url: 'https://example.org/7',
        state: 'open' as const,
      };
      const change = { state: 'open' as const, updatedAt, pullRequest };
      await store.transition('a', { state: 'open' }, change);
      const state = 'superseded' as const;
      await store.transition('a', { state: 'open' }, { state, updatedAt });
      expect((await store.get('a')).pullRequest).toEqual(pullRequest);
    });

    it('refuses a transition for another decision or an unknown request', async () => {
      const store = await createStore();
      await store.upsert(requestOf('a'));
      const change = {
        state: 'merged' as const,
        updatedAt: '2026-11-20T13:00:00.000Z',
      };
      await expect(
        store.transition('a', { state: 'open', digest: 'd0' }, change),
      ).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('d1, not d0'),
      });
      await expect(
        store.transition('b', { state: 'open' }, change),
      ).rejects.toMatchObject({ name: 'NotFoundError' });
      await expect(store.get('a')).resolves.toEqual(requestOf('a'));
    });
  },
);
