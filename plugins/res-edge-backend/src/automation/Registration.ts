import {
  EdgeEntity,
  entityRefOf,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Inventory } from '@res-edge/backstage-plugin-res-edge-engine';
import { InventoryRecord } from '../database';

/** The inventory as the engine reads it, with the place of registration of each entity. @internal */
export interface Registration {
  readonly revision: number;
  readonly inventory: Inventory;
  readonly records: ReadonlyMap<string, InventoryRecord>;
  readonly locations: ReadonlyMap<string, string>;
}

/** Sorts records into kinds. @internal */
export function toRegistration(
  revision: number,
  records: readonly InventoryRecord[],
): Registration {
  const entitiesOf = <T extends EdgeEntity>(kind: T['kind']) =>
    records
      .map(record => record.entity)
      .filter((entity): entity is T => entity.kind === kind);
  const refOf = ({ entity }: InventoryRecord) =>
    entityRefOf(entity.kind, entity.metadata.name);
  return {
    revision,
    inventory: {
      clusters: entitiesOf('EdgeCluster'),
      groups: entitiesOf('EdgeGroup'),
      namespaces: entitiesOf('EdgeNamespace'),
      applications: entitiesOf('EdgeApplication'),
      policies: entitiesOf('EdgePolicy'),
    },
    records: new Map(records.map(record => [refOf(record), record])),
    locations: new Map(
      records.map(record => [refOf(record), record.origin.location ?? '']),
    ),
  };
}
