import {
  EdgeKind,
  entityRefOf,
  InventoryRecord,
  ResEdgeApi,
} from '@res-edge/backstage-plugin-res-edge-common';
import { setTimeout as wait } from 'node:timers/promises';

const INTERVAL_MILLISECONDS = 2000;

/** A change of the inventory; an entity that was created and one that was replaced are told alike. @internal */
export interface RecordChange {
  readonly change: 'changed' | 'deleted';
  /** Of the inventory, when this was read. */
  readonly revision: number;
  /** Entity reference. */
  readonly ref: string;
  /** What it is now; of a deleted one nothing. */
  readonly record?: InventoryRecord;
}

/**
 * Changes of the inventory since a revision, or from now on; it asks again and again, and never ends.
 *
 * @internal
 */
export async function* followRecords(
  api: ResEdgeApi,
  since: number | undefined,
): AsyncGenerator<RecordChange> {
  let known = since ?? (await api.listRecords({ limit: 1 })).revision;
  for (;;) {
    const { revision, records, deleted } = await api.listRecords({
      since: known,
    });
    for (const record of records) {
      const ref = refOf(record.entity);
      yield { change: 'changed', revision, ref, record };
    }
    for (const { kind, name } of deleted)
      yield { change: 'deleted', revision, ref: entityRefOf(kind, name) };
    known = revision;
    await wait(INTERVAL_MILLISECONDS);
  }
}

function refOf(entity: InventoryRecord['entity']): string {
  const { kind, metadata } = entity as {
    kind: EdgeKind;
    metadata: { name: string };
  };
  return entityRefOf(kind, metadata.name);
}
