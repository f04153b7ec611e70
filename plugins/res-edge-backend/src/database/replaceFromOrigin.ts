import { ConflictError } from '@backstage/errors';
import { EdgeKind } from '@res-edge/backstage-plugin-res-edge-common';
import { Knex } from 'knex';
import { AuditSource } from './AuditLog';
import { RecordChange, writeChanges } from './changeRows';
import {
  alsoAtOfRow,
  deleteRows,
  isSameOrigin,
  originOfRow,
  readRevision,
  readRows,
  toRow,
  writeRevision,
  writeRows,
} from './inventoryRows';
import {
  InventoryChange,
  InventoryOrigin,
  InventorySource,
  OriginConflict,
  RegisteredEntity,
} from './InventoryStore';
import { EntityRecordRow } from './tables';

/** What is known of a record without reading it. */
type KnownRow = Omit<EntityRecordRow, 'entity' | 'updated_at'>;

/**
 * Makes the records of one origin exactly these, within a transaction.
 *
 * Two replicas may read the same catalog at once: the second waits for the lock, and then finds nothing to do.
 *
 * @internal
 */
export async function replaceFromOrigin(
  tx: Knex.Transaction,
  source: InventorySource,
  entities: readonly RegisteredEntity[],
  options: { by: AuditSource; allowEmpty: boolean; at: string },
): Promise<InventoryChange> {
  const { by, at } = options;
  const revision = await readRevision(tx, 'update');
  const next = revision + 1;
  const known = new Map(
    (
      await tx<EntityRecordRow>('entities').select<KnownRow[]>(
        'ref',
        'kind',
        'name',
        'origin',
        'location',
        'digest',
        'revision',
        'created_at',
        'also_at',
      )
    ).map(row => [row.ref, row] as const),
  );
  const wanted = new Map(
    entities
      .map(({ entity, location }) =>
        toRow({
          entity,
          origin: originIn(source, location),
          revision: next,
          createdAt: at,
          updatedAt: at,
          alsoAt: [],
        }),
      )
      .map(row => [row.ref, row] as const),
  );
  const isOwn = (row: KnownRow) => isSameOrigin(originOfRow(row), source);
  if (!options.allowEmpty) {
    checkNotEmpty(source, [...known.values()].filter(isOwn), wanted.values());
  }

  const removed = [...known.values()].filter(
    row => isOwn(row) && !wanted.has(row.ref),
  );
  const written: EntityRecordRow[] = [];
  const conflicts: OriginConflict[] = [];
  for (const row of wanted.values()) {
    const before = known.get(row.ref);
    if (!before) {
      written.push(row);
    } else if (!isOwn(before)) {
      conflicts.push({
        kind: before.kind as EdgeKind,
        name: before.name,
        origin: originOfRow(before),
        also: originOfRow(row),
      });
    } else if (before.digest !== row.digest) {
      const { created_at, also_at } = before;
      written.push({ ...row, created_at, also_at });
    }
  }
  const noted = noteConflicts([...known.values()], source, conflicts);
  const result = {
    added: written.filter(({ ref }) => !known.has(ref)).length,
    changed: written.filter(({ ref }) => known.has(ref)).length,
    removed: removed.length,
    conflicts,
  };
  if (removed.length + written.length + noted.length === 0) {
    return { ...result, revision };
  }

  const before = await readRows(
    tx,
    [...removed, ...written].map(({ ref }) => ref),
  );
  await deleteRows(
    tx,
    removed.map(({ ref }) => ref),
  );
  await writeRows(tx, written);
  for (const { ref, alsoAt } of noted) {
    await tx<EntityRecordRow>('entities')
      .where({ ref })
      .update({
        also_at: alsoAt.length > 0 ? JSON.stringify(alsoAt) : null,
        revision: next,
      });
  }
  const changeOf = (row: KnownRow, after?: string): RecordChange => ({
    ...by,
    origin: source,
    kind: row.kind as EdgeKind,
    name: row.name,
    before: before.get(row.ref)?.entity,
    after,
  });
  const changes = [
    ...removed.map(row => changeOf(row)),
    ...written.map(row => changeOf(row, row.entity)),
  ];
  await writeChanges(tx, changes, { revision: next, at });
  await writeRevision(tx, next);
  return { ...result, revision: next };
}

function originIn(
  source: InventorySource,
  location: string | undefined,
): InventoryOrigin {
  return source.type === 'provider' ? source : { type: source.type, location };
}

/** Records of others of which it is new that this source registers them too, or no longer. */
function noteConflicts(
  known: readonly KnownRow[],
  source: InventorySource,
  conflicts: readonly OriginConflict[],
): { ref: string; alsoAt: InventoryOrigin[] }[] {
  const also = new Map(
    conflicts.map(({ kind, name, also: origin }) => [
      `${kind}/${name}`,
      origin,
    ]),
  );
  return known.flatMap(row => {
    const before = alsoAtOfRow(row);
    const now = also.get(`${row.kind}/${row.name}`);
    const alsoAt = [
      ...before.filter(origin => !isSameOrigin(origin, source)),
      ...(now ? [now] : []),
    ];
    return JSON.stringify(alsoAt) === JSON.stringify(before)
      ? []
      : [{ ref: row.ref, alsoAt }];
  });
}

function checkNotEmpty(
  source: InventorySource,
  known: Iterable<{ kind: string }>,
  wanted: Iterable<{ kind: string }>,
): void {
  const hasCluster = (rows: Iterable<{ kind: string }>) =>
    [...rows].some(({ kind }) => kind === 'EdgeCluster');
  if (hasCluster(known) && !hasCluster(wanted)) {
    throw new ConflictError(
      `${
        source.type === 'provider'
          ? `The provider '${source.location}'`
          : 'The catalog'
      } has no EdgeCluster, but the inventory has from there; nothing was changed. If the fleet is meant to be empty, set resEdge.inventory.allowEmpty`,
    );
  }
}
