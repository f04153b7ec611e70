import { TestDatabases } from '@backstage/backend-test-utils';
import { readdirSync } from 'node:fs';
import { migrationsFolder } from './openDatabase';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

// A busy machine takes its time.
jest.setTimeout(60_000);

const TABLES = [
  'automation_state',
  'awaited_clusters',
  'change_requests',
  'changes',
  'cluster_heartbeats',
  'cluster_reports',
  'entities',
  'gate_readings',
  'guard_losses',
  'guard_sign_offs',
  'leases',
  'plans',
  'pushed_artifacts',
  'registration_problems',
  'revisions',
  'rollout_moves',
  'rollouts',
  'source_polls',
  'sources',
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
      await expect(knex('revisions').select().orderBy('name')).resolves.toEqual(
        [
          { name: 'changes', revision: 0 },
          { name: 'findings', revision: 0 },
          { name: 'inventory', revision: 0 },
          { name: 'requests', revision: 0 },
          { name: 'status', revision: 0 },
        ],
      );

      for (const _ of files) {
        await knex.migrate.down({ directory: migrationsFolder });
      }
      await expect(present()).resolves.toEqual([]);
    }
  });

  it('keep the inventory of a version that knew no changes', async () => {
    const knex = await databases.init(databaseId);
    const step = () => knex.migrate.up({ directory: migrationsFolder });
    await step();
    const row = {
      ref: 'edgecluster:default/a',
      kind: 'EdgeCluster',
      name: 'a',
      origin: 'catalog',
      digest: 'd',
      entity: '{}',
      updated_at: '2026-11-20T12:00:00.000Z',
    };
    await knex('entities').insert(row);
    await knex('revisions')
      .where({ name: 'inventory' })
      .update({ revision: 7 });

    await knex.migrate.latest({ directory: migrationsFolder });
    await expect(knex('entities').select()).resolves.toEqual([
      {
        ...row,
        location: null,
        revision: 7,
        created_at: row.updated_at,
        also_at: null,
      },
    ]);
    await expect(
      knex('revisions').where({ name: 'changes' }).first(),
    ).resolves.toEqual({ name: 'changes', revision: 7 });

    while (await knex.schema.hasTable('changes')) {
      await knex.migrate.down({ directory: migrationsFolder });
    }
    await expect(knex('entities').select()).resolves.toEqual([
      { ...row, location: null },
    ]);
  });
});
