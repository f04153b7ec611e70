import { Knex } from 'knex';
import { ApprovalStore, StoredVerdict } from './ApprovalStore';

interface ApprovalRow {
  sequence: number;
  decision: string;
  policy: string;
  actor: string;
  verdict: string;
  step: number;
  at: string;
  from?: string | null;
  until?: string | null;
  reason?: string | null;
  merge: boolean | number;
}

/** {@link ApprovalStore} in the plugin's database. @internal */
export class DatabaseApprovalStore implements ApprovalStore {
  static create(options: { knex: Knex }): ApprovalStore {
    return new DatabaseApprovalStore(options.knex);
  }

  private constructor(private readonly knex: Knex) {}

  async add(verdicts: readonly StoredVerdict[]): Promise<void> {
    if (verdicts.length === 0) return;
    await this.knex('approvals').insert(
      verdicts.map(({ at, from, until, ...verdict }) => ({
        ...verdict,
        at: at.toISOString(),
        from: from?.toISOString(),
        until: until?.toISOString(),
      })),
    );
  }

  async list(
    decisions: readonly string[],
  ): Promise<ReadonlyMap<string, readonly StoredVerdict[]>> {
    const rows = await this.knex<ApprovalRow>('approvals')
      .whereIn('decision', [...decisions])
      .orderBy('sequence')
      .select();
    const found = new Map<string, StoredVerdict[]>();
    for (const row of rows) {
      const known = found.get(row.decision);
      if (known) known.push(fromRow(row));
      else found.set(row.decision, [fromRow(row)]);
    }
    return found;
  }
}

function fromRow(row: ApprovalRow): StoredVerdict {
  return {
    decision: row.decision,
    policy: row.policy,
    actor: row.actor,
    verdict: row.verdict as StoredVerdict['verdict'],
    step: row.step,
    at: new Date(row.at),
    from: row.from ? new Date(row.from) : undefined,
    until: row.until ? new Date(row.until) : undefined,
    reason: row.reason ?? undefined,
    merge: Boolean(row.merge),
  };
}
