import { EdgeEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { Knex } from 'knex';
import { AuditSource } from './AuditLog';
import { chunks, lazily } from './inventoryRows';
import { InventoryOrigin } from './InventoryStore';
import { ChangeRow } from './tables';

/** One record before and after; JSON, because it is written as that. @internal */
export interface RecordChange extends AuditSource {
  readonly origin: InventoryOrigin;
  readonly kind: EdgeEntity['kind'];
  readonly name: string;
  readonly before?: string;
  readonly after?: string;
}

/** Notes what a transaction changed of the inventory. @internal */
export async function writeChanges(
  tx: Knex.Transaction,
  changes: Iterable<RecordChange>,
  { revision, at }: { revision: number; at: string },
): Promise<void> {
  await insertChanges(
    tx,
    lazily(changes, ({ origin, ...change }) => ({
      ...toChangeRow(change, at),
      revision,
      origin: origin.type,
    })),
  );
}

/** @internal */
export async function insertChanges(
  knex: Knex,
  rows: Iterable<Omit<ChangeRow, 'sequence'>>,
): Promise<void> {
  for (const part of chunks(rows)) {
    await knex<ChangeRow>('changes').insert(part);
  }
}

/** @internal */
export function toChangeRow(
  change: AuditSource & {
    kind: string;
    name: string;
    before?: string;
    after?: string;
  },
  at: string,
): Omit<ChangeRow, 'sequence'> {
  const { actor, request, operation, kind, name, before, after } = change;
  return {
    revision: null,
    at,
    actor,
    request: request ?? null,
    operation,
    origin: null,
    kind,
    name,
    action: actionOf(before, after),
    before: before ?? null,
    after: after ?? null,
  };
}

function actionOf(before: string | undefined, after: string | undefined) {
  if (before === undefined) return 'created';
  return after === undefined ? 'deleted' : 'updated';
}

/** The revision after which every change is kept. @internal */
export async function keptSince(knex: Knex): Promise<number> {
  const row = await knex<{ name: string; revision: number }>('revisions')
    .where({ name: 'changes' })
    .first('revision');
  return row?.revision ?? 0;
}
