import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  CatalogProcessor,
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import { RES_EDGE_INVENTORY_LOCATION } from '@res-edge/backstage-plugin-res-edge-common';

const locationKey = RES_EDGE_INVENTORY_LOCATION;

/** Hands mutations on, and that is all. */
export class PlainProvider implements EntityProvider {
  private connection?: EntityProviderConnection;

  static create(): PlainProvider {
    return new PlainProvider();
  }

  getProviderName() {
    return 'plain';
  }

  async connect(connection: EntityProviderConnection) {
    this.connection = connection;
  }

  async full(entities: readonly Entity[]) {
    await this.connection!.applyMutation({
      type: 'full',
      entities: entities.map(entity => ({ entity, locationKey })),
    });
  }

  async delta(added: readonly Entity[], removed: readonly Entity[]) {
    await this.connection!.applyMutation({
      type: 'delta',
      added: added.map(entity => ({ entity, locationKey })),
      removed: removed.map(entity => ({
        entityRef: stringifyEntityRef(entity),
        locationKey,
      })),
    });
  }
}

/** Lets every kind be, and says nothing of it. */
export class PlainProcessor implements CatalogProcessor {
  getProcessorName() {
    return 'PlainProcessor';
  }

  async validateEntityKind() {
    return true;
  }
}
