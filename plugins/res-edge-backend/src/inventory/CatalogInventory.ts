import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  DEFAULT_NAMESPACE,
  Entity,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  EDGE_KINDS,
  EdgeEntity,
  isEdgeEntity,
  RES_EDGE_API_VERSION,
} from '@res-edge/backstage-plugin-res-edge-common';
import { RegisteredEntity } from '../database';

/** Reads what the catalog holds of Res-Edge, page by page, with the plugin's own credentials. @internal */
export class CatalogInventory {
  static create(options: {
    catalog: CatalogService;
    auth: AuthService;
    logger: LoggerService;
  }): CatalogInventory {
    return new CatalogInventory(options.catalog, options.auth, options.logger);
  }

  private constructor(
    private readonly catalog: CatalogService,
    private readonly auth: AuthService,
    private readonly logger: LoggerService,
  ) {}

  /** Every entity of Res-Edge, as its author wrote it: without what the catalog adds for itself. */
  async read(): Promise<RegisteredEntity[]> {
    const records: RegisteredEntity[] = [];
    let ignored = 0;
    const pages = this.catalog.streamEntities(
      {
        filter: { kind: [...EDGE_KINDS] },
        fields: ['apiVersion', 'kind', 'metadata', 'spec'],
        totalItems: 'exclude',
      },
      { credentials: await this.auth.getOwnServiceCredentials() },
    );
    for await (const page of pages) {
      for (const entity of page) {
        if (isOurs(entity)) {
          records.push(toRecord(entity));
        } else {
          ignored++;
        }
      }
    }
    if (ignored > 0) {
      this.logger.warn(
        `${ignored} entities of the kinds ${EDGE_KINDS.join(
          ', ',
        )} are left out: their apiVersion is not ${RES_EDGE_API_VERSION}, or their namespace is not '${DEFAULT_NAMESPACE}'`,
      );
    }
    return records;
  }
}

// Names are unique within a kind because all stand in one namespace.
function isOurs(entity: Entity): entity is EdgeEntity {
  return (
    isEdgeEntity(entity) &&
    (entity.metadata.namespace ?? DEFAULT_NAMESPACE) === DEFAULT_NAMESPACE
  );
}

function toRecord(entity: EdgeEntity): RegisteredEntity {
  // These differ with each registration and refresh, without meaning a change.
  const { uid, etag, generation, ...metadata } = entity.metadata;
  return {
    entity: {
      apiVersion: entity.apiVersion,
      kind: entity.kind,
      metadata: { ...metadata, namespace: DEFAULT_NAMESPACE },
      spec: entity.spec,
    } as EdgeEntity,
    location: metadata.annotations?.[ANNOTATION_LOCATION],
  };
}
