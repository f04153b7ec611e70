import {
  AuditOperation,
  EdgeKind,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Knex } from 'knex';
import { decodeCursor, encodeCursor, PageRequest } from '../util/cursor';
import {
  AuditEntry,
  AuditLog,
  AuditQuery,
  InventoryChangeNote,
  StoredAuditEntry,
} from './AuditLog';
import { insertChanges, keptSince, toChangeRow } from './changeRows';
import { ChangeRow } from './tables';

// Rows that go in one transaction, so that nobody waits long.
const PRUNED_AT_ONCE = 5_000;
const NOTE_COLUMNS = [
  'sequence',
  'revision',
  'action',
  'kind',
  'name',
] as const;

/** {@link AuditLog} in the plugin's database. @internal */
export class DatabaseAuditLog implements AuditLog {
  /** @param options - `now`: another clock, for tests */
  static create(options: { knex: Knex; now?: () => Date }): AuditLog {
    return new DatabaseAuditLog(
      options.knex,
      options.now ?? (() => new Date()),
    );
  }

  private constructor(
    private readonly knex: Knex,
    private readonly now: () => Date,
  ) {}

  async append(entries: readonly AuditEntry[]): Promise<void> {
    const at = this.now().toISOString();
    await insertChanges(
      this.knex,
      entries.map(({ before, after, ...entry }) =>
        toChangeRow(
          {
            ...entry,
            before: before && JSON.stringify(before),
            after: after && JSON.stringify(after),
          },
          at,
        ),
      ),
    );
  }

  async list(
    query: AuditQuery,
    { limit, cursor }: PageRequest,
  ): Promise<{ items: StoredAuditEntry[]; nextCursor?: string }> {
    const [last] = decodeCursor<[number]>(cursor, ['number']) ?? [];
    const rows = await this.knex<ChangeRow>('changes')
      .where(builder => {
        const { kind, name, actor, operation, from, to } = query;
        if (operation !== undefined) builder.where({ operation });
        if (kind !== undefined) builder.where({ kind });
        if (name !== undefined) builder.where({ name });
        if (actor !== undefined) builder.where({ actor });
        if (from !== undefined) builder.where('at', '>=', from);
        if (to !== undefined) builder.where('at', '<', to);
        if (last !== undefined) builder.where('sequence', '<', last);
      })
      .orderBy('sequence', 'desc')
      .limit(limit + 1);
    const items = rows.slice(0, limit).map(toEntry);
    return {
      items,
      nextCursor:
        rows.length > limit
          ? encodeCursor([items[items.length - 1].sequence])
          : undefined,
    };
  }

  async changesSince(
    { revision, sequence }: { revision: number; sequence?: number },
    limit: number,
    withEntities = false,
  ): Promise<InventoryChangeNote[] | undefined> {
    const rows = await this.knex<ChangeRow>('changes')
      .where('revision', '>', revision)
      .where(builder => {
        if (sequence !== undefined) builder.where('sequence', '>', sequence);
      })
      .orderBy('sequence')
      .limit(limit)
      .select(
        ...NOTE_COLUMNS,
        ...(withEntities ? (['before', 'after'] as const) : []),
      );
    // Last, so that nothing that was read goes unnoticed while it is let go.
    return revision < (await keptSince(this.knex))
      ? undefined
      : rows.map(toNote);
  }

  async prune(before: Date): Promise<number> {
    let pruned = 0;
    for (;;) {
      const count = await this.knex.transaction(tx =>
        pruneSome(tx, before.toISOString()),
      );
      pruned += count;
      if (count < PRUNED_AT_ONCE) return pruned;
    }
  }
}

function toNote(
  row: Pick<ChangeRow, (typeof NOTE_COLUMNS)[number] | 'before' | 'after'>,
): InventoryChangeNote {
  return {
    sequence: row.sequence,
    revision: row.revision!,
    action: row.action as InventoryChangeNote['action'],
    kind: row.kind as EdgeKind,
    name: row.name,
    ...(row.before && { before: JSON.parse(row.before) }),
    ...(row.after && { after: JSON.parse(row.after) }),
  };
}

/** The oldest go first; a revision of which one change is gone is not complete any more. */
async function pruneSome(
  tx: Knex.Transaction,
  before: string,
): Promise<number> {
  const oldest = await tx<ChangeRow>('changes')
    .where('at', '<', before)
    .orderBy('sequence')
    .limit(PRUNED_AT_ONCE)
    .select('sequence', 'revision');
  if (oldest.length === 0) return 0;
  const incomplete = oldest.reduce(
    (highest, { revision }) => Math.max(highest, revision ?? 0),
    0,
  );
  await tx('revisions')
    .where({ name: 'changes' })
    .where('revision', '<', incomplete)
    .update({ revision: incomplete });
  return tx<ChangeRow>('changes')
    .where('at', '<', before)
    .where('sequence', '<=', oldest[oldest.length - 1].sequence)
    .delete();
}

function toEntry(row: ChangeRow): StoredAuditEntry {
  return {
    sequence: row.sequence,
    revision: row.revision ?? undefined,
    at: row.at,
    actor: row.actor,
    request: row.request ?? undefined,
    operation: row.operation as AuditOperation,
    origin: row.origin ?? undefined,
    kind: row.kind,
    name: row.name,
    before: row.before ? JSON.parse(row.before) : undefined,
    after: row.after ? JSON.parse(row.after) : undefined,
  };
}
