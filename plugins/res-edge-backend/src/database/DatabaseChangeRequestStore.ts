import { ConflictError, NotFoundError } from '@backstage/errors';
import { ChangeRequestState } from '@res-edge/backstage-plugin-res-edge-common';
import { Knex } from 'knex';
import { decodeCursor, encodeCursor, PageRequest } from '../util/cursor';
import {
  ChangeRequestStore,
  ChangeRequestTransition,
  ReportedChecks,
  StoredChangeRequest,
} from './ChangeRequestStore';
import { ChangeRequestRow } from './tables';

const RANK = `case when state = 'open' then 0 else 1 end`;

/** {@link ChangeRequestStore} in the plugin's database. @internal */
export class DatabaseChangeRequestStore implements ChangeRequestStore {
  static create(options: { knex: Knex }): ChangeRequestStore {
    return new DatabaseChangeRequestStore(options.knex);
  }

  private constructor(private readonly knex: Knex) {}

  async upsert(changeRequest: StoredChangeRequest): Promise<void> {
    await this.knex<ChangeRequestRow>('change_requests')
      .insert(toRow(changeRequest))
      .onConflict('id')
      .merge();
  }

  async get(id: string): Promise<StoredChangeRequest> {
    return find(this.knex, id);
  }

  async list({
    limit,
    cursor,
    state,
  }: PageRequest & { state?: ChangeRequestState }): Promise<{
    items: StoredChangeRequest[];
    total: number;
    nextCursor?: string;
  }> {
    const after = decodeCursor<readonly [number, string, string]>(cursor, [
      'number',
      'string',
      'string',
    ]);
    const rows = await this.inOrder(state)
      .modify(query => {
        if (after) {
          const [rank, createdAt, id] = after;
          query.whereRaw(
            `(${RANK} > ? or (${RANK} = ? and (created_at < ? or (created_at = ? and id > ?))))`,
            [rank, rank, createdAt, createdAt, id],
          );
        }
      })
      .limit(limit + 1);
    const page = rows.slice(0, limit);
    const last = page[page.length - 1];
    const count = await this.knex<ChangeRequestRow>('change_requests')
      .modify(query => {
        if (state) {
          query.where({ state });
        }
      })
      .count({ total: '*' })
      .first();
    return {
      items: page.map(fromRow),
      total: Number(count?.total ?? 0),
      nextCursor:
        rows.length > limit
          ? encodeCursor([
              last.state === 'open' ? 0 : 1,
              last.created_at,
              last.id,
            ])
          : undefined,
    };
  }

  async countByIntent(
    state?: ChangeRequestState,
  ): Promise<ReadonlyMap<string, number>> {
    const rows = await this.knex<ChangeRequestRow>('change_requests')
      .modify(query => {
        if (state) {
          query.where({ state });
        }
      })
      .groupBy('intent')
      .select<{ intent: string; total: number | string }[]>(
        'intent',
        this.knex.raw('count(*) as total'),
      );
    return new Map(rows.map(({ intent, total }) => [intent, Number(total)]));
  }

  async lastMerged(intent: string): Promise<string | undefined> {
    const row = await this.knex<ChangeRequestRow>('change_requests')
      .where({ intent, state: 'merged' })
      .max({ at: 'merged_at' })
      .first();
    return row?.at ?? undefined;
  }

  async listMerged(
    intent: string,
    mergeCommits: readonly string[],
  ): Promise<StoredChangeRequest[]> {
    const rows = await this.knex<ChangeRequestRow>('change_requests')
      .where({ intent, state: 'merged' })
      .whereIn('merge_commit', mergeCommits)
      .orderBy('id')
      .select();
    return rows.map(fromRow);
  }

  async listOpen(): Promise<StoredChangeRequest[]> {
    return (await this.inOrder('open')).map(fromRow);
  }

  async noteChecks(id: string, checks: ReportedChecks): Promise<void> {
    await this.knex<ChangeRequestRow>('change_requests')
      .where({ id })
      .update({ checks: JSON.stringify(checks) });
  }

  async transition(
    id: string,
    expected: { state: ChangeRequestState; digest?: string },
    change: ChangeRequestTransition,
  ): Promise<StoredChangeRequest> {
    return this.knex.transaction(async tx => {
      const updated = await tx<ChangeRequestRow>('change_requests')
        .where({ id, ...expected })
        .update({
          state: change.state,
          updated_at: change.updatedAt,
          merged_at: change.mergedAt,
          merged_by: change.mergedBy,
          merge_commit: change.mergeCommit,
          blocked: change.blocked ?? null,
          pull_request:
            change.pullRequest && JSON.stringify(change.pullRequest),
        });
      const current = await find(tx, id);
      if (updated === 0) {
        throw new ConflictError(
          current.state === expected.state
            ? `Change request '${id}' asks for another decision by now (${current.digest}, not ${expected.digest}); read it again`
            : `Change request '${id}' is ${current.state}, not ${expected.state}`,
        );
      }
      return current;
    });
  }

  private inOrder(state: ChangeRequestState | undefined) {
    return this.knex<ChangeRequestRow>('change_requests')
      .modify(query => {
        if (state) {
          query.where({ state });
        }
      })
      .orderByRaw(`${RANK}, created_at desc, id`)
      .select();
  }
}

async function find(knex: Knex, id: string): Promise<StoredChangeRequest> {
  const row = await knex<ChangeRequestRow>('change_requests')
    .where({ id })
    .first();
  if (!row) {
    throw new NotFoundError(`No change request '${id}'`);
  }
  return fromRow(row);
}

function toRow(changeRequest: StoredChangeRequest): ChangeRequestRow {
  // `null` clears what an earlier state of the same request had.
  return {
    id: changeRequest.id,
    intent: changeRequest.intent,
    title: changeRequest.title,
    description: changeRequest.description ?? null,
    state: changeRequest.state,
    branch: changeRequest.branch,
    base_commit: changeRequest.baseCommit ?? null,
    head_commit: changeRequest.headCommit ?? null,
    digest: changeRequest.digest,
    plan_id: changeRequest.planId ?? null,
    requested_by: changeRequest.requestedBy ?? null,
    totals: JSON.stringify(changeRequest.totals),
    blocked: changeRequest.blocked ?? null,
    pull_request: changeRequest.pullRequest
      ? JSON.stringify(changeRequest.pullRequest)
      : null,
    approvals: changeRequest.approvals
      ? JSON.stringify(changeRequest.approvals)
      : null,
    checks: changeRequest.checks ? JSON.stringify(changeRequest.checks) : null,
    created_at: changeRequest.createdAt,
    updated_at: changeRequest.updatedAt,
    merged_at: changeRequest.mergedAt ?? null,
    merged_by: changeRequest.mergedBy ?? null,
    merge_commit: changeRequest.mergeCommit ?? null,
  };
}

function fromRow(row: ChangeRequestRow): StoredChangeRequest {
  return {
    id: row.id,
    intent: row.intent,
    title: row.title,
    description: row.description ?? undefined,
    state: row.state as ChangeRequestState,
    branch: row.branch,
    baseCommit: row.base_commit ?? undefined,
    headCommit: row.head_commit ?? undefined,
    digest: row.digest,
    planId: row.plan_id ?? undefined,
    requestedBy: row.requested_by ?? undefined,
    totals: JSON.parse(row.totals),
    blocked: row.blocked ?? undefined,
    pullRequest: row.pull_request ? JSON.parse(row.pull_request) : undefined,
    approvals: row.approvals ? JSON.parse(row.approvals) : undefined,
    checks: row.checks ? JSON.parse(row.checks) : undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    mergedAt: row.merged_at ?? undefined,
    mergedBy: row.merged_by ?? undefined,
    mergeCommit: row.merge_commit ?? undefined,
  };
}
