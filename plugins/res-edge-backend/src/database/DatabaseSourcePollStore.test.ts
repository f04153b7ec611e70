import { TestDatabases } from '@backstage/backend-test-utils';
import { DatabaseSourcePollStore } from './DatabaseSourcePollStore';
import { migrationsFolder } from './openDatabase';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

jest.setTimeout(60_000);

describe.each(databases.eachSupportedId())('source polls, %p', id => {
  it('are kept by application, the last one, for those that are polled', async () => {
    const knex = await databases.init(id);
    await knex.migrate.latest({ directory: migrationsFolder });
    const store = DatabaseSourcePollStore.create({ knex });
    const record = {
      ...{ application: 'pos', source: 'a', failures: 1, error: 'x' },
      polledAt: '2026-11-26T10:00:00.000Z',
      nextAt: '2026-11-26T11:00:00.000Z',
    };
    await store.save(record);
    expect(await store.list()).toEqual([record]);
    const found = {
      ...record,
      ...{ failures: 0, error: undefined, found: 'v1.4.3' },
      foundAt: '2026-11-26T11:00:00.000Z',
    };
    await store.save(found);
    await store.save({ ...record, application: 'web' });
    expect(await store.list()).toEqual([
      found,
      { ...record, application: 'web' },
    ]);
    await store.keepOnly(new Set(['pos', 'other']));
    expect(await store.list()).toEqual([found]);
  });
});
