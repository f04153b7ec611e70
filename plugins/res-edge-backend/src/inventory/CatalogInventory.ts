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
  Problem,
  RES_EDGE_API_VERSION,
  RES_EDGE_INVENTORY_LOCATION,
} from '@res-edge/backstage-plugin-res-edge-common';
import { RegisteredEntity } from '../database';
import { ANNOTATION_ORPHAN, catalogProblems } from './catalogProblems';

/** What the catalog holds. @internal */
export interface CatalogReading {
  readonly entities: readonly RegisteredEntity[];
  /** What the catalog says of them: their YAML cannot be read any more, or is gone. */
  readonly problems: readonly Problem[];
}

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

  /** Every entity of Res-Edge that the catalog has from elsewhere, as its author wrote it: without what the catalog adds for itself. */
  async read(): Promise<CatalogReading> {
    const entities: RegisteredEntity[] = [];
    const problems: Problem[] = [];
    let ignored = 0;
    const pages = this.catalog.streamEntities(
      {
        filter: { kind: [...EDGE_KINDS] },
        fields: ['apiVersion', 'kind', 'metadata', 'spec', 'status'],
        totalItems: 'exclude',
      },
      { credentials: await this.auth.getOwnServiceCredentials() },
    );
    for await (const page of pages) {
      for (const entity of page) {
        if (!isOurs(entity)) {
          ignored++;
        } else if (!isEmitted(entity)) {
          entities.push(toRegistered(entity));
          problems.push(...catalogProblems(entity));
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
    return { entities, problems };
  }
}

// Names are unique within a kind because all stand in one namespace.
function isOurs(entity: Entity): entity is EdgeEntity {
  return (
    isEdgeEntity(entity) &&
    (entity.metadata.namespace ?? DEFAULT_NAMESPACE) === DEFAULT_NAMESPACE
  );
}

/** What the inventory gave to the catalog does not come back. */
function isEmitted({ metadata }: EdgeEntity): boolean {
  return (
    metadata.annotations?.[ANNOTATION_LOCATION] === RES_EDGE_INVENTORY_LOCATION
  );
}

function toRegistered(entity: EdgeEntity): RegisteredEntity {
  // These differ with each registration and refresh, without meaning a change.
  const { uid, etag, generation, annotations, ...metadata } = entity.metadata;
  const { [ANNOTATION_ORPHAN]: orphan, ...kept } = annotations ?? {};
  return {
    entity: {
      apiVersion: entity.apiVersion,
      kind: entity.kind,
      metadata: {
        ...metadata,
        namespace: DEFAULT_NAMESPACE,
        ...(annotations && { annotations: kept }),
      },
      spec: entity.spec,
    } as EdgeEntity,
    location: kept[ANNOTATION_LOCATION],
  };
}
