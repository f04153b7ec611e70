import { LoggerService } from '@backstage/backend-plugin-api';
import {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import {
  entityRefOf,
  RES_EDGE_INVENTORY_LOCATION,
} from '@res-edge/backstage-plugin-res-edge-common';
import { InventoryChanges, InventoryReader } from './InventoryReader';
import { toCatalogEntity } from './toCatalogEntity';

/** So many entities go to the catalog at once: each mutation is one transaction there. */
const MAX_DELTA = 1_000;

/**
 * Gives the catalog what the inventory has from elsewhere: by the API, by imports, by inventories of clouds. All of it when
 * it starts, and then what changed.
 *
 * @internal
 */
export class InventoryProvider implements EntityProvider {
  private connection?: EntityProviderConnection;
  private revision?: number;

  static create(options: {
    reader: InventoryReader;
    logger: LoggerService;
  }): InventoryProvider {
    return new InventoryProvider(options.reader, options.logger);
  }

  private constructor(
    private readonly reader: InventoryReader,
    private readonly logger: LoggerService,
  ) {}

  getProviderName(): string {
    return 'res-edge-inventory';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.connection = connection;
  }

  /**
   * Brings the catalog up to date.
   *
   * @throws where the inventory or the catalog cannot be asked; the next time goes on from where this one was
   */
  async refresh(signal?: AbortSignal): Promise<void> {
    if (!this.connection) return;
    const changes =
      this.revision === undefined
        ? undefined
        : await this.reader.changesSince(this.revision, signal);
    if (changes) {
      await this.applyChanges(this.connection, changes);
    } else {
      await this.applyAll(this.connection, signal);
    }
  }

  private async applyAll(
    connection: EntityProviderConnection,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const { revision, records } = await this.reader.readAll(signal);
    await connection.applyMutation({
      type: 'full',
      entities: records.map(record => deferred(toCatalogEntity(record))),
    });
    this.logger.info(
      `${records.length} entities of inventory revision ${revision}`,
    );
    this.revision = revision;
  }

  private async applyChanges(
    connection: EntityProviderConnection,
    { revision, records, deleted }: InventoryChanges,
  ): Promise<void> {
    const removed = deleted.map(({ kind, name }) => ({
      entityRef: entityRefOf(kind, name),
      locationKey: RES_EDGE_INVENTORY_LOCATION,
    }));
    const added = records.map(record => deferred(toCatalogEntity(record)));
    for (const part of chunks(removed)) {
      await connection.applyMutation({
        type: 'delta',
        added: [],
        removed: part,
      });
    }
    for (const part of chunks(added)) {
      await connection.applyMutation({
        type: 'delta',
        added: part,
        removed: [],
      });
    }
    if (removed.length + added.length > 0) {
      this.logger.info(
        `${added.length} entities changed and ${removed.length} went with inventory revision ${revision}`,
      );
    }
    this.revision = revision;
  }
}

function deferred<T>(entity: T) {
  return { entity, locationKey: RES_EDGE_INVENTORY_LOCATION };
}

function* chunks<T>(items: readonly T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += MAX_DELTA) {
    yield items.slice(start, start + MAX_DELTA);
  }
}
