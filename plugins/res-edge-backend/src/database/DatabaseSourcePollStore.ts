import { Knex } from 'knex';
import { SourcePollRecord, SourcePollStore } from './SourcePollStore';

interface SourcePollRow {
  application: string;
  source: string;
  found?: string | null;
  found_at?: string | null;
  polled_at: string;
  next_at: string;
  failures: number;
  error?: string | null;
}

/** {@link SourcePollStore} in the plugin's database. @internal */
export class DatabaseSourcePollStore implements SourcePollStore {
  static create(options: { knex: Knex }): SourcePollStore {
    return new DatabaseSourcePollStore(options.knex);
  }

  private constructor(private readonly knex: Knex) {}

  async list(): Promise<SourcePollRecord[]> {
    const rows = await this.knex<SourcePollRow>('source_polls')
      .select()
      .orderBy('application');
    return rows.map(row => ({
      application: row.application,
      source: row.source,
      found: row.found ?? undefined,
      foundAt: row.found_at ?? undefined,
      polledAt: row.polled_at,
      nextAt: row.next_at,
      failures: row.failures,
      error: row.error ?? undefined,
    }));
  }

  async save(record: SourcePollRecord): Promise<void> {
    const { application, source, polledAt, nextAt, failures } = record;
    await this.knex<SourcePollRow>('source_polls')
      .insert({
        ...{ application, source, failures },
        found: record.found ?? null,
        found_at: record.foundAt ?? null,
        polled_at: polledAt,
        next_at: nextAt,
        error: record.error ?? null,
      })
      .onConflict('application')
      .merge();
  }

  async keepOnly(applications: ReadonlySet<string>): Promise<void> {
    const known = await this.knex<SourcePollRow>('source_polls').pluck(
      'application',
    );
    for (const application of known) {
      if (applications.has(application)) continue;
      await this.knex<SourcePollRow>('source_polls')
        .where({ application })
        .delete();
    }
  }
}
