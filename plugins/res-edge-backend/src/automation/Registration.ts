import {
  EdgeEntity,
  EdgeKind,
  entityRefOf,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  Inventory,
  SnapshotChanges,
} from '@res-edge/backstage-plugin-res-edge-engine';
import {
  InventoryDifference,
  InventoryRecord,
  InventoryState,
} from '../database';
import { compareStrings } from '../util/compareStrings';

/** The inventory as the engine reads it, and where it comes from. @internal */
export interface Registration {
  readonly revision: number;
  readonly inventory: Inventory;
  /** In order of kinds and names. */
  readonly records: ReadonlyMap<string, InventoryRecord>;
}

/** Sorts records, which come in order of kinds and names, into kinds. @internal */
export function toRegistration({
  revision,
  records,
}: InventoryState): Registration {
  return registrationOf(
    revision,
    new Map(records.map(record => [refOf(record), record])),
  );
}

function registrationOf(
  revision: number,
  records: Registration['records'],
): Registration {
  const entities = Array.from(records.values(), ({ entity }) => entity);
  const entitiesOf = <T extends EdgeEntity>(kind: T['kind']) =>
    entities.filter((entity): entity is T => entity.kind === kind);
  return {
    revision,
    inventory: {
      clusters: entitiesOf('EdgeCluster'),
      groups: entitiesOf('EdgeGroup'),
      namespaces: entitiesOf('EdgeNamespace'),
      applications: entitiesOf('EdgeApplication'),
      policies: entitiesOf('EdgePolicy'),
    },
    records,
  };
}

/**
 * The registration after a difference, equal to one that is read anew, and what of it a snapshot has to know. Entities
 * that did not change are the very ones of before.
 *
 * @internal
 */
export function registrationAfter(
  before: Registration,
  { revision, written, deleted }: InventoryDifference,
): { registration: Registration; changes: SnapshotChanges } {
  const records = new Map(before.records);
  for (const { kind, name } of deleted) records.delete(entityRefOf(kind, name));
  for (const record of written) records.set(refOf(record), record);
  // What comes stands at the end; what only changed stands where it stood.
  const comes = written.some(record => !before.records.has(refOf(record)));
  const upserted = <T extends EdgeEntity>(kind: T['kind']) =>
    written
      .map(record => record.entity)
      .filter((entity): entity is T => entity.kind === kind);
  const removed = (kind: EdgeKind) =>
    deleted.filter(item => item.kind === kind).map(({ name }) => name);
  return {
    registration: registrationOf(
      revision,
      comes
        ? new Map([...records].sort(([, a], [, b]) => compareRecords(a, b)))
        : records,
    ),
    changes: {
      clusters: {
        upserted: upserted('EdgeCluster'),
        removed: removed('EdgeCluster'),
      },
      groups: {
        upserted: upserted('EdgeGroup'),
        removed: removed('EdgeGroup'),
      },
    },
  };
}

function compareRecords(
  { entity: one }: InventoryRecord,
  { entity: other }: InventoryRecord,
): number {
  return (
    compareStrings(one.kind, other.kind) ||
    compareStrings(one.metadata.name, other.metadata.name)
  );
}

function refOf({ entity }: InventoryRecord): string {
  return entityRefOf(entity.kind, entity.metadata.name);
}
