import fs from 'node:fs';
import path from 'node:path';
import knexFactory, { Knex } from 'knex';

const TOOLS = path.resolve(__dirname, '../../../../tools');

/** A database of its own, that more than one process can open. */
export interface BenchDatabase {
  readonly name: string;
  readonly config: Knex.Config;
  stop(): Promise<void>;
}

/** SQLite in a file, as Backstage opens it. */
export function startSqlite(folder: string): BenchDatabase {
  const filename = path.join(folder, 'res-edge.sqlite');
  return {
    name: 'SQLite in a file',
    config: {
      client: 'better-sqlite3',
      connection: { filename },
      useNullAsDefault: true,
    },
    stop: async () => fs.rmSync(filename),
  };
}

/** A PostgreSQL that is started for this, and does not wait for the disk. */
export async function startPostgres(): Promise<BenchDatabase> {
  const tools: {
    startPostgres(): Promise<{
      connectionString: string;
      stop(): Promise<void>;
    }>;
  } = await import(path.join(TOOLS, 'postgres.mjs'));
  const { connectionString, stop } = await tools.startPostgres();
  return {
    name: 'PostgreSQL',
    config: { client: 'pg', connection: connectionString },
    stop,
  };
}

/** The database with the tables of the plugin. */
export async function openBenchDatabase(config: Knex.Config): Promise<Knex> {
  const knex = knexFactory(config);
  await knex.migrate.latest({
    directory: path.resolve(__dirname, '../../migrations'),
  });
  return knex;
}
