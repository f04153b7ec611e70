import { TestDatabases } from '@backstage/backend-test-utils';
import { DatabaseRegistrationProblemStore } from './DatabaseRegistrationProblemStore';
import { migrationsFolder } from './openDatabase';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

// A busy machine takes its time.
jest.setTimeout(60_000);

function problem(entity: string, message = 'wrong') {
  return { entity, field: 'spec', message };
}

describe.each(databases.eachSupportedId())(
  'DatabaseRegistrationProblemStore, %p',
  databaseId => {
    it('keeps what each source found last', async () => {
      const knex = await databases.init(databaseId);
      await knex.migrate.latest({ directory: migrationsFolder });
      let now = new Date('2026-11-20T12:00:00Z');
      const store = DatabaseRegistrationProblemStore.create({
        knex,
        now: () => now,
      });

      await expect(store.replace('a', [])).resolves.toBe(false);
      const many = Array.from({ length: 250 }, (_, index) =>
        problem(`edgecluster:default/c-${String(index).padStart(3, '0')}`),
      );
      await expect(store.replace('a', many)).resolves.toBe(true);
      await expect(
        store.replace('b', [problem('edgegroup:default/g', 'x'.repeat(5000))]),
      ).resolves.toBe(true);

      now = new Date('2026-11-20T13:00:00Z');
      await expect(store.replace('a', many)).resolves.toBe(false);
      await expect(
        store.replace('a', [many[1], problem('new'), problem('new')]),
      ).resolves.toBe(true);
      await expect(store.list()).resolves.toEqual([
        { ...many[1], source: 'a', at: '2026-11-20T13:00:00.000Z' },
        {
          ...problem('edgegroup:default/g', 'x'.repeat(5000)),
          source: 'b',
          at: '2026-11-20T12:00:00.000Z',
        },
        { ...problem('new'), source: 'a', at: '2026-11-20T13:00:00.000Z' },
      ]);

      await expect(store.problems()).resolves.toContainEqual(problem('new'));

      await expect(store.remove(['b', 'c'])).resolves.toBe(true);
      await expect(store.remove(['b'])).resolves.toBe(false);
      await expect(store.list()).resolves.toHaveLength(2);
    });
  },
);
