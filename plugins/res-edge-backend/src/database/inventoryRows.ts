import { createHash } from 'node:crypto';
import {
  EdgeEntity,
  entityRefOf,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Knex } from 'knex';
import { InventoryOrigin, InventoryRecord } from './InventoryStore';
import { EntityRecordRow } from './tables';

// Rows per statement: below the limits of every database with the columns that the tables have.
const CHUNK = 400;

/** A record as a row. @internal */
export function toRow(record: InventoryRecord): EntityRecordRow {
  const { entity, origin, alsoAt } = record;
  const json = JSON.stringify(entity);
  return {
    ref: entityRefOf(entity.kind, entity.metadata.name),
    kind: entity.kind,
    name: entity.metadata.name,
    origin: origin.type,
    location: origin.location ?? null,
    digest: digestOf(json, origin.location),
    entity: json,
    revision: record.revision,
    created_at: record.createdAt,
    updated_at: record.updatedAt,
    also_at: alsoAt.length > 0 ? JSON.stringify(alsoAt) : null,
  };
}

/** The columns that a record is made of; the others are for looking it up. @internal */
export const RECORD_COLUMNS = [
  'kind',
  'name',
  'origin',
  'location',
  'entity',
  'revision',
  'created_at',
  'updated_at',
  'also_at',
] as const;

/** What of a row a record is made of. @internal */
export type RecordRow = Pick<EntityRecordRow, (typeof RECORD_COLUMNS)[number]>;

/** A row as a record. @internal */
export function toRecord(row: RecordRow): InventoryRecord {
  return {
    entity: JSON.parse(row.entity) as EdgeEntity,
    origin: originOfRow(row),
    revision: row.revision,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    alsoAt: alsoAtOfRow(row),
  };
}

/** @internal */
export function originOfRow({
  origin,
  location,
}: Pick<EntityRecordRow, 'origin' | 'location'>): InventoryOrigin {
  return {
    type: origin as InventoryOrigin['type'],
    location: location ?? undefined,
  };
}

/** @internal */
export function alsoAtOfRow({
  also_at: alsoAt,
}: Pick<EntityRecordRow, 'also_at'>): InventoryOrigin[] {
  return alsoAt ? JSON.parse(alsoAt) : [];
}

/** Of an entity and where it is registered, to find what changed without reading it. @internal */
export function digestOf(json: string, location: string | undefined): string {
  return createHash('sha256')
    .update(JSON.stringify([json, location]))
    .digest('hex');
}

/** The inventory's revision; `update` lets nobody else write until the transaction ends. @internal */
export async function readRevision(
  knex: Knex,
  lock?: 'update' | 'share',
): Promise<number> {
  const query = knex<{ name: string; revision: number }>('revisions')
    .where({ name: 'inventory' })
    .first('revision');
  if (lock === 'update') {
    query.forUpdate();
  } else if (lock === 'share') {
    query.forShare();
  }
  return (await query)?.revision ?? 0;
}

/** Needs the lock of {@link readRevision}. @internal */
export async function writeRevision(
  tx: Knex.Transaction,
  revision: number,
): Promise<void> {
  await tx('revisions').where({ name: 'inventory' }).update({ revision });
}

/** The records of these references that there are. @internal */
export async function readRows(
  knex: Knex,
  refs: readonly string[],
): Promise<Map<string, EntityRecordRow>> {
  const rows = new Map<string, EntityRecordRow>();
  for (const part of chunks(refs)) {
    for (const row of await knex<EntityRecordRow>('entities').whereIn(
      'ref',
      part,
    )) {
      rows.set(row.ref, row);
    }
  }
  return rows;
}

/** {@link readRows} as records. @internal */
export async function readRecords(
  knex: Knex,
  refs: readonly string[],
): Promise<Map<string, InventoryRecord>> {
  const records = new Map<string, InventoryRecord>();
  for (const part of chunks(refs)) {
    for (const [ref, row] of await readRows(knex, part))
      records.set(ref, toRecord(row));
  }
  return records;
}

/** @param rows - made as they are written: all of them at once would take much memory @internal */
export async function writeRows(
  tx: Knex.Transaction,
  rows: Iterable<EntityRecordRow>,
): Promise<void> {
  for (const part of chunks(rows)) {
    await tx<EntityRecordRow>('entities')
      .insert(part)
      .onConflict('ref')
      .merge();
  }
}

/** @internal */
export async function deleteRows(
  tx: Knex.Transaction,
  refs: readonly string[],
): Promise<void> {
  for (const part of chunks(refs)) {
    await tx<EntityRecordRow>('entities').whereIn('ref', part).delete();
  }
}

/** Parts that fit into one statement. @internal */
export function* chunks<T>(items: Iterable<T>): Generator<T[]> {
  let part: T[] = [];
  for (const item of items) {
    part.push(item);
    if (part.length === CHUNK) {
      yield part;
      part = [];
    }
  }
  if (part.length > 0) yield part;
}

/** Each made when it is asked for. @internal */
export function* lazily<T, U>(
  items: Iterable<T>,
  make: (item: T) => U,
): Generator<U> {
  for (const item of items) yield make(item);
}

/** Whether two origins are one and the same: who writes for the one may write the other's records. @internal */
export function isSameOrigin(a: InventoryOrigin, b: InventoryOrigin): boolean {
  return (
    a.type === b.type && (a.type !== 'provider' || a.location === b.location)
  );
}
