import { createHash } from 'node:crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { LocationSpec } from '@backstage/plugin-catalog-common';
import {
  CatalogProcessor,
  CatalogProcessorCache,
  CatalogProcessorEmit,
  processingResult,
} from '@backstage/plugin-catalog-node';
import { EventsService } from '@backstage/plugin-events-node';
import {
  CatalogChange,
  isEdgeEntity,
  isEdgeKind,
  RES_EDGE_CATALOG_TOPIC,
  validateEdgeEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { relationsOf } from './relationsOf';

const HASH_KEY = 'hash';

/** What of an entity others may depend on, as one short text. */
function hashOf(entity: Entity): string {
  const { uid, etag, ...metadata } = entity.metadata;
  return createHash('sha256')
    .update(JSON.stringify([entity.apiVersion, metadata, entity.spec]))
    .digest('hex');
}

/**
 * Validates entities of Res-Edge, emits their relations, and tells by an event when one is new or changed.
 *
 * @public
 */
export class EdgeEntitiesProcessor implements CatalogProcessor {
  readonly #events: EventsService;
  readonly #logger: LoggerService;

  static create(options: {
    events: EventsService;
    logger: LoggerService;
  }): EdgeEntitiesProcessor {
    return new EdgeEntitiesProcessor(options.events, options.logger);
  }

  private constructor(events: EventsService, logger: LoggerService) {
    this.#events = events;
    this.#logger = logger;
  }

  /** {@inheritDoc @backstage/plugin-catalog-node#CatalogProcessor.getProcessorName} */
  getProcessorName(): string {
    return 'EdgeEntitiesProcessor';
  }

  /** {@inheritDoc @backstage/plugin-catalog-node#CatalogProcessor.validateEntityKind} */
  async validateEntityKind(entity: Entity): Promise<boolean> {
    if (!isEdgeKind(entity.kind)) {
      return false;
    }
    validateEdgeEntity(entity);
    return true;
  }

  /** {@inheritDoc @backstage/plugin-catalog-node#CatalogProcessor.postProcessEntity} */
  async postProcessEntity(
    entity: Entity,
    _location: LocationSpec,
    emit: CatalogProcessorEmit,
    cache: CatalogProcessorCache,
  ): Promise<Entity> {
    if (isEdgeEntity(entity)) {
      relationsOf(entity).forEach(relation =>
        emit(processingResult.relation(relation)),
      );
      await this.#publishChange(entity, cache);
    }
    return entity;
  }

  async #publishChange(
    entity: Entity,
    cache: CatalogProcessorCache,
  ): Promise<void> {
    const hash = hashOf(entity);
    if ((await cache.get<string>(HASH_KEY)) === hash) {
      return;
    }
    const change: CatalogChange = { entityRef: stringifyEntityRef(entity) };
    try {
      await this.#events.publish({
        topic: RES_EDGE_CATALOG_TOPIC,
        eventPayload: change,
      });
    } catch (error) {
      // The entity itself is fine; without the hash in the cache the next run tells again.
      this.#logger.warn(
        `Failed to publish the change of ${change.entityRef}`,
        error as Error,
      );
      return;
    }
    await cache.set(HASH_KEY, hash);
  }
}
