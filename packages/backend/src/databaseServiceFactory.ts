import { DatabaseManager } from '@backstage/backend-defaults/database';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';

/**
 * Backstage's databases, with a write-ahead log where they are SQLite files. As SQLite comes, it waits for the disk
 * several times in each transaction, and the catalog takes some ten transactions for an entity: with 2,000 clusters
 * the first start is a matter of seconds instead of a quarter of an hour. A crash of the process loses nothing; a power
 * cut may lose the last moments, which the catalog reads again.
 */
export const databaseServiceFactory = createServiceFactory({
  service: coreServices.database,
  deps: {
    config: coreServices.rootConfig,
    lifecycle: coreServices.lifecycle,
    logger: coreServices.logger,
    pluginMetadata: coreServices.pluginMetadata,
    rootLifecycle: coreServices.rootLifecycle,
    rootLogger: coreServices.rootLogger,
  },
  createRootContext({ config, rootLifecycle, rootLogger }) {
    return DatabaseManager.fromConfig(config, { rootLifecycle, rootLogger });
  },
  factory({ pluginMetadata, lifecycle, logger }, manager) {
    const database = manager.forPlugin(pluginMetadata.getId(), {
      lifecycle,
      logger,
    });
    let client: Promise<Knex> | undefined;
    return {
      migrations: database.migrations,
      getClient() {
        client ??= database.getClient().then(withWriteAheadLog);
        return client;
      },
    };
  },
});

async function withWriteAheadLog(client: Knex): Promise<Knex> {
  if (client.client.config.client === 'better-sqlite3') {
    await client.raw('PRAGMA journal_mode = WAL');
    await client.raw('PRAGMA synchronous = NORMAL');
  }
  return client;
}
