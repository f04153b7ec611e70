import { TestDatabases } from '@backstage/backend-test-utils';
import { readdirSync } from 'node:fs';
import { migrationsFolder } from './openDatabase';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const TABLES = [
  'automation_state',
  'change_requests',
  'entities',
  'leases',
  'plans',
  'revisions',
];

describe.each(databases.eachSupportedId())('migrations, %p', databaseId => {
  it('go up to the newest, down to nothing, and up again', async () => {
    const knex = await databases.init(databaseId);
    const present = async () => {
      const found = [];
      for (const table of TABLES) {
        if (await knex.schema.hasTable(table)) {
          found.push(table);
        }
      }
      return found;
    };

    for (let round = 0; round < 2; round++) {
      const files = readdirSync(migrationsFolder).filter(name =>
        name.endsWith('.js'),
      );
      for (const _ of files) {
        await knex.migrate.up({ directory: migrationsFolder });
      }
      await expect(present()).resolves.toEqual(TABLES);
      await expect(knex('revisions').select()).resolves.toEqual([
        { name: 'inventory', revision: 0 },
      ]);

      for (const _ of files) {
        await knex.migrate.down({ directory: migrationsFolder });
      }
      await expect(present()).resolves.toEqual([]);
    }
  });
});
