/* eslint-disable no-console */
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendModule,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  catalogProcessingExtensionPoint,
  CatalogProcessor,
  EntityProvider,
} from '@backstage/plugin-catalog-node';
import { EventsService } from '@backstage/plugin-events-node';
import { Knex } from 'knex';

const POLL_MILLISECONDS = 500;

const noEvents: EventsService = {
  publish: async () => {},
  subscribe: async () => {},
};

/** A catalog with its real database and its real loops, that one can look into. */
export class BenchCatalog {
  static readonly logger: LoggerService = {
    child: () => BenchCatalog.logger,
    debug() {},
    info() {},
    warn: console.warn,
    error: console.error,
  };

  static async start(
    folder: string,
    provider: EntityProvider,
    createProcessor: (options: {
      events: EventsService;
      logger: LoggerService;
    }) => CatalogProcessor,
  ): Promise<BenchCatalog> {
    let knex: Knex | undefined;
    const subject = createBackendModule({
      pluginId: 'catalog',
      moduleId: 'bench',
      register(env) {
        env.registerInit({
          deps: {
            catalog: catalogProcessingExtensionPoint,
            database: coreServices.database,
          },
          async init({ catalog, database }) {
            knex = await database.getClient();
            await inSqlite(knex, async client => {
              await client.raw('PRAGMA journal_mode = WAL');
              await client.raw('PRAGMA synchronous = NORMAL');
            });
            catalog.addEntityProvider(provider);
            catalog.addProcessor(
              createProcessor({
                events: noEvents,
                logger: BenchCatalog.logger,
              }),
            );
          },
        });
      },
    });
    // What the catalog says of each request and task is of no interest here.
    process.env.LOG_LEVEL = 'error';
    const backend = createBackend();
    backend.add(catalogPlugin);
    backend.add(subject);
    backend.add(
      mockServices.rootConfig.factory({
        data: {
          backend: {
            baseUrl: 'http://127.0.0.1',
            listen: { host: '127.0.0.1', port: 0 },
            database: databaseConfig(folder),
          },
          // Everything is processed once: what is due again would be measured, too.
          catalog: { processingInterval: { hours: 24 } },
        },
      }),
    );
    await backend.start();
    return new BenchCatalog(backend, knex!, folder);
  }

  private constructor(
    private readonly backend: ReturnType<typeof createBackend>,
    private readonly knex: Knex,
    private readonly folder: string,
  ) {}

  /** Runs a task; tells how long it took, and how long this process worked. */
  async timed(label: string, task: () => Promise<void>): Promise<void> {
    const start = performance.now();
    const cpu = process.cpuUsage();
    await task();
    const { user, system } = process.cpuUsage(cpu);
    console.log(
      `  ${label.padEnd(36)} ${seconds(performance.now() - start)} s, ${seconds(
        (user + system) / 1000,
      )} s of work`,
    );
  }

  async waitForEntities(count: number): Promise<void> {
    await this.waitFor(count, () =>
      this.knex('final_entities').whereNotNull('final_entity'),
    );
  }

  async waitForLabel(round: string, count: number): Promise<void> {
    await this.waitFor(count, () =>
      this.knex('search').where({ key: 'metadata.labels.round', value: round }),
    );
  }

  async size(): Promise<string> {
    let bytes = 0;
    await inSqlite(this.knex, async client => {
      await client.raw('PRAGMA wal_checkpoint(TRUNCATE)');
      const file = path.join(this.folder, 'catalog.sqlite');
      bytes = fs.statSync(file).size;
    });
    if (bytes === 0) {
      const { rows } = await this.knex.raw(
        'select pg_database_size(current_database()) as bytes',
      );
      bytes = Number(rows[0].bytes);
    }
    const rows = [];
    for (const table of ['search', 'relations']) {
      const [{ count }] = await this.knex(table).count({ count: '*' });
      rows.push(`${count} rows in ${table}`);
    }
    return [`${(bytes / 2 ** 20).toFixed(0)} MB`, ...rows].join(', ');
  }

  async stop(): Promise<void> {
    await this.backend.stop();
  }

  private async waitFor(
    count: number,
    query: () => Knex.QueryBuilder,
  ): Promise<void> {
    for (;;) {
      const [{ found }] = await query().count({ found: '*' });
      if (Number(found) === count) return;
      await wait(POLL_MILLISECONDS);
    }
  }
}

function databaseConfig(folder: string) {
  const { POSTGRES } = process.env;
  return POSTGRES
    ? {
        client: 'pg',
        connection: POSTGRES,
        prefix: `res_edge_bench_${process.pid}_${Date.now()}_`,
      }
    : { client: 'better-sqlite3', connection: { directory: folder } };
}

async function inSqlite(
  knex: Knex,
  task: (client: Knex) => Promise<void>,
): Promise<void> {
  if (knex.client.config.client === 'better-sqlite3') await task(knex);
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1).padStart(7);
}
