import { NotFoundError } from '@backstage/errors';
import { PlanSummary } from '@res-edge/backstage-plugin-res-edge-common';
import { Knex } from 'knex';
import { decodeCursor, encodeCursor, PageRequest } from '../util/cursor';
import { fromLossesText, toLossesText } from './lossesText';
import { PlanStore, ShownLosses, StoredPlan } from './PlanStore';
import { ChangeRequestRow, PlanRow } from './tables';

const DEFAULT_RETENTION = 200;

const SUMMARY_COLUMNS = [
  'sequence',
  'id',
  'created_at',
  'cause',
  'change_request',
  'main_commit',
  'totals',
] as const;

/** {@link PlanStore} in the plugin's database. @internal */
export class DatabasePlanStore implements PlanStore {
  /** @param options - `retention`: how many plans to keep */
  static create(options: { knex: Knex; retention?: number }): PlanStore {
    return new DatabasePlanStore(
      options.knex,
      options.retention ?? DEFAULT_RETENTION,
    );
  }

  private constructor(
    private readonly knex: Knex,
    private readonly retention: number,
  ) {}

  async save(plan: StoredPlan, shown?: ShownLosses): Promise<void> {
    await this.knex.transaction(async tx => {
      await tx<PlanRow>('plans')
        .insert({
          id: plan.id,
          created_at: plan.createdAt,
          cause: plan.cause,
          change_request: plan.changeRequest,
          main_commit: plan.mainCommit,
          inventory_revision: plan.inventoryRevision,
          totals: JSON.stringify(plan.totals),
          effects: JSON.stringify(plan.effects),
          problems: JSON.stringify(plan.problems),
          losses: shown && toLossesText(shown.losses),
          policy: shown?.policy,
        })
        .onConflict('id')
        .ignore();

      const oldest = await tx<PlanRow>('plans')
        .orderBy('sequence', 'desc')
        .offset(this.retention - 1)
        .first('sequence');
      if (oldest) {
        await tx<PlanRow>('plans')
          .where('sequence', '<', oldest.sequence)
          .whereNotIn(
            'id',
            tx<ChangeRequestRow>('change_requests')
              .where({ state: 'open' })
              .whereNotNull('plan_id')
              .select('plan_id'),
          )
          .delete();
      }
    });
  }

  async get(id: string): Promise<StoredPlan> {
    const row = await this.knex<PlanRow>('plans').where({ id }).first();
    if (!row) {
      throw new NotFoundError(`No plan '${id}', or no more`);
    }
    return {
      ...toSummary(row),
      inventoryRevision: row.inventory_revision,
      effects: JSON.parse(row.effects),
      problems: JSON.parse(row.problems),
    };
  }

  async getSummary(id: string): Promise<PlanSummary | undefined> {
    const row = await this.knex<PlanRow>('plans')
      .where({ id })
      .first(...SUMMARY_COLUMNS);
    return row && toSummary(row);
  }

  async shownLosses(id: string): Promise<ShownLosses | undefined> {
    const row = await this.knex<PlanRow>('plans')
      .where({ id })
      .first('losses', 'policy');
    return row?.losses
      ? {
          losses: fromLossesText(row.losses),
          policy: row.policy ?? undefined,
        }
      : undefined;
  }

  async list({
    limit,
    cursor,
  }: PageRequest): Promise<{ items: PlanSummary[]; nextCursor?: string }> {
    const before = decodeCursor<readonly [number]>(cursor, ['number']);
    const query = this.knex<PlanRow>('plans')
      .orderBy('sequence', 'desc')
      .limit(limit + 1)
      .select(...SUMMARY_COLUMNS);
    if (before) {
      query.where('sequence', '<', before[0]);
    }
    const rows = await query;
    const page = rows.slice(0, limit);
    return {
      items: page.map(toSummary),
      nextCursor:
        rows.length > limit
          ? encodeCursor([page[page.length - 1].sequence])
          : undefined,
    };
  }
}

function toSummary(
  row: Pick<PlanRow, (typeof SUMMARY_COLUMNS)[number]>,
): PlanSummary {
  return {
    id: row.id,
    createdAt: row.created_at,
    cause: row.cause,
    changeRequest: row.change_request ?? undefined,
    mainCommit: row.main_commit ?? undefined,
    totals: JSON.parse(row.totals),
  };
}
