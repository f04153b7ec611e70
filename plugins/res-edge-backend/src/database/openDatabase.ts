import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';

/** Where the migrations are, in the sources as in the published package. @internal */
export const migrationsFolder = resolvePackagePath(
  '@res-edge/backstage-plugin-res-edge-backend',
  'migrations',
);

/** The plugin's database, with its tables as this version needs them. @internal */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  if (!database.migrations?.skip) {
    await knex.migrate.latest({ directory: migrationsFolder });
  }
  return knex;
}
