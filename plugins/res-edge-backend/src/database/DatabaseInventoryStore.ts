import {
  EdgeKind,
  entityRefOf,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Knex } from 'knex';
import { compareStrings } from '../util/compareStrings';
import { AuditSource } from './AuditLog';
import { keptSince, writeChanges } from './changeRows';
import {
  deleteRows,
  lazily,
  readRevision,
  readRecords,
  RECORD_COLUMNS,
  RecordRow,
  toRecord,
  toRow,
  writeRevision,
  writeRows,
} from './inventoryRows';
import {
  InventoryChange,
  InventoryDifferenceByOrigin,
  InventoryRecord,
  InventorySource,
  InventoryState,
  InventoryStore,
  RegisteredEntity,
} from './InventoryStore';
import { ApplyOptions, ApplyResult, Mutation } from './Mutation';
import { MutationRun } from './MutationRun';
import { prepareMutations } from './prepareMutation';
import { readConsistently } from './readConsistently';
import { replaceFromOrigin } from './replaceFromOrigin';
import { ChangeRow, EntityRecordRow } from './tables';

/** {@link InventoryStore} in the plugin's database. @internal */
export class DatabaseInventoryStore implements InventoryStore {
  /**
   * @param options - `allowEmpty`: the operator said that a catalog without clusters is meant; `now`: another clock
   */
  static create(options: {
    knex: Knex;
    allowEmpty?: boolean;
    now?: () => Date;
  }): InventoryStore {
    return new DatabaseInventoryStore(
      options.knex,
      options.allowEmpty ?? false,
      options.now ?? (() => new Date()),
    );
  }

  private constructor(
    private readonly knex: Knex,
    private readonly allowEmpty: boolean,
    private readonly now: () => Date,
  ) {}

  async apply(
    mutations: readonly Mutation[],
    options: ApplyOptions,
  ): Promise<ApplyResult> {
    const prepared = await prepareMutations(mutations);
    const refs = new Set(
      mutations.map(({ kind, name }) => entityRefOf(kind, name)),
    );
    return this.knex.transaction(async tx => {
      const revision = await readRevision(
        tx,
        options.dryRun ? 'share' : 'update',
      );
      const records = await readRecords(tx, [...refs]);
      const next = { revision: revision + 1, at: this.now().toISOString() };
      const run = await MutationRun.make({
        mutations: prepared,
        records,
        apply: options,
        next,
      });

      const { difference, results } = run;
      if (options.dryRun || (options.atomic && run.failed)) {
        return { revision, applied: false, results: run.unstored, difference };
      }
      if (run.changes.length === 0) {
        return { revision, applied: true, results, difference };
      }
      await deleteRows(
        tx,
        difference.deleted.map(({ kind, name }) => entityRefOf(kind, name)),
      );
      await writeRows(tx, lazily(difference.written, toRow));
      await writeChanges(tx, run.recordChanges(), next);
      await writeRevision(tx, next.revision);
      return { revision: next.revision, applied: true, results, difference };
    });
  }

  async replaceFromOrigin(
    source: InventorySource,
    entities: readonly RegisteredEntity[],
    by: AuditSource,
  ): Promise<InventoryChange> {
    return this.knex.transaction(tx =>
      replaceFromOrigin(tx, source, entities, {
        by,
        allowEmpty: this.allowEmpty,
        at: this.now().toISOString(),
      }),
    );
  }

  async load(): Promise<InventoryState> {
    return readConsistently(this.knex, async tx => {
      const revision = await readRevision(tx);
      const rows = await tx<EntityRecordRow>('entities').select(
        ...RECORD_COLUMNS,
      );
      // Not by the database, whose collation is not ours.
      return { revision, records: toRecords(rows.sort(compareRows)) };
    });
  }

  async get(
    kind: EdgeKind,
    name: string,
  ): Promise<InventoryRecord | undefined> {
    const row = await this.knex<EntityRecordRow>('entities')
      .where({ ref: entityRefOf(kind, name), name })
      .first();
    return row && toRecord(row);
  }

  async changedSince(
    revision: number,
  ): Promise<InventoryDifferenceByOrigin | undefined> {
    return readConsistently(this.knex, async tx => {
      const current = await readRevision(tx);
      const rows = await tx<EntityRecordRow>('entities').where(
        'revision',
        '>',
        revision,
      );
      const present = new Map(rows.map(row => [row.ref, row.origin]));
      const left: InventoryDifferenceByOrigin['left'] = await tx<ChangeRow>(
        'changes',
      )
        .where('revision', '>', revision)
        .where({ action: 'deleted' })
        .distinct('kind', 'name', 'origin');
      if (revision < (await keptSince(tx))) {
        return undefined;
      }
      return {
        revision: current,
        written: rows.sort(compareRows).map(toRecord),
        deleted: [
          ...new Map(
            left.map(item => [entityRefOf(item.kind, item.name), item]),
          ),
        ]
          .filter(([ref]) => !present.has(ref))
          .map(([, { kind, name }]) => ({ kind, name }))
          .sort(compareRows),
        left: left.filter(
          ({ kind, name, origin }) =>
            present.get(entityRefOf(kind, name)) !== origin,
        ),
      };
    });
  }

  async revision(): Promise<number> {
    return readRevision(this.knex);
  }
}

/** Lets each row go when its record is made. */
function toRecords(rows: RecordRow[]): InventoryRecord[] {
  const records: InventoryRecord[] = new Array(rows.length);
  for (let index = rows.length - 1; index >= 0; index--)
    records[index] = toRecord(rows.pop()!);
  return records;
}

function compareRows(
  a: { kind: string; name: string },
  b: { kind: string; name: string },
): number {
  return compareStrings(a.kind, b.kind) || compareStrings(a.name, b.name);
}
