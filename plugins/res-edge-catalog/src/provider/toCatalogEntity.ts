import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  Entity,
} from '@backstage/catalog-model';
import {
  InventoryRecord,
  RES_EDGE_INVENTORY_LOCATION,
} from '@res-edge/backstage-plugin-res-edge-common';

/** Says of an entity in the catalog whose record it is: `api`, or `provider:azure-arc`. */
const ANNOTATION_ORIGIN = 'res-edge.io/origin';

/** A record of the inventory as the catalog takes it. @internal */
export function toCatalogEntity({ entity, origin }: InventoryRecord): Entity {
  const { apiVersion, kind, metadata, spec } = entity as unknown as Entity;
  return {
    apiVersion,
    kind,
    metadata: {
      ...metadata,
      annotations: {
        ...metadata.annotations,
        [ANNOTATION_LOCATION]: RES_EDGE_INVENTORY_LOCATION,
        [ANNOTATION_ORIGIN_LOCATION]: RES_EDGE_INVENTORY_LOCATION,
        [ANNOTATION_ORIGIN]:
          origin.location === undefined
            ? origin.type
            : `${origin.type}:${origin.location}`,
      },
    },
    spec,
  };
}
