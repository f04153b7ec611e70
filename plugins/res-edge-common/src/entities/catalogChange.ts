/**
 * The events topic on which the catalog module tells that an entity of Res-Edge is new or changed.
 *
 * @remarks
 * Sent when the catalog has processed the entity, shortly before its API serves the new state; deletions are not
 * told. A reader waits a moment, reads the entity, and sweeps from time to time.
 *
 * @public
 */
export const RES_EDGE_CATALOG_TOPIC = 'res-edge.catalog';

/** What an event of {@link RES_EDGE_CATALOG_TOPIC} carries. @public */
export interface CatalogChange {
  /** Entity reference in lower case. */
  entityRef: string;
}

/**
 * Where the catalog has those entities from that the inventory gives to it, as `backstage.io/managed-by-location` says.
 *
 * @public
 */
export const RES_EDGE_INVENTORY_LOCATION = 'res-edge:inventory';
