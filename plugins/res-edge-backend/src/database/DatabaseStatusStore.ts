import { isNewerReport } from '@res-edge/backstage-plugin-res-edge-engine';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { fromReportsText, toReportsText } from './reportsText';
import {
  ClusterReports,
  Heartbeat,
  StatusRecords,
  StatusStore,
} from './StatusStore';

interface HeartbeatRow {
  cluster: string;
  /** PostgreSQL gives big integers as strings. */
  heard_at: number | string;
  clock_at: number | string;
  revision: number;
  writer: string;
}

interface AwaitedRow {
  cluster: string;
  since: number | string;
}

interface ReportsRow {
  cluster: string;
  reports: string;
  revision: number;
  writer: string;
}

/** Rows of one statement, which may have only so many parameters. */
const CHUNK = 500;
/** Clusters that are read at once. */
const PAGE = 2000;

/** {@link StatusStore} in the plugin's database. @internal */
export class DatabaseStatusStore implements StatusStore {
  static create(options: { knex: Knex }): StatusStore {
    return new DatabaseStatusStore(options.knex);
  }

  /** Of this replica, until it ends. */
  readonly #writer = randomUUID();

  private constructor(private readonly knex: Knex) {}

  async *read(): AsyncIterable<StatusRecords> {
    for await (const rows of this.pages<HeartbeatRow>('cluster_heartbeats')) {
      yield { heartbeats: rows.map(toHeartbeat), reports: [] };
    }
    for await (const rows of this.pages<ReportsRow>('cluster_reports')) {
      yield { heartbeats: [], reports: rows.map(toReports) };
    }
  }

  async revision(): Promise<number> {
    return revisionOf(this.knex);
  }

  async changesOfOthers(since: number) {
    // Read first: what is written meanwhile is read twice, and never missed.
    const revision = await this.revision();
    const others = <Row extends {}>(table: string) =>
      this.knex<Row>(table)
        .where('revision', '>', since)
        .whereNot('writer', this.#writer)
        .select();
    const none = revision === since;
    const heartbeats = none
      ? []
      : await others<HeartbeatRow>('cluster_heartbeats');
    const reports = none ? [] : await others<ReportsRow>('cluster_reports');
    return {
      revision,
      heartbeats: (heartbeats as HeartbeatRow[]).map(toHeartbeat),
      reports: (reports as ReportsRow[]).map(toReports),
    };
  }

  async write({ heartbeats, reports }: StatusRecords): Promise<void> {
    if (heartbeats.length + reports.length === 0) return;
    await this.knex.transaction(async tx => {
      // Holds the row until the end: revisions come one after another, as they are committed.
      await tx('revisions').where({ name: 'status' }).increment('revision', 1);
      const stamp = { revision: await revisionOf(tx), writer: this.#writer };
      for (const chunk of chunks(heartbeats)) {
        await tx<HeartbeatRow>('cluster_heartbeats')
          .insert(
            chunk.map(({ cluster, heardAt, clockAt }) => ({
              cluster,
              heard_at: heardAt,
              clock_at: clockAt,
              ...stamp,
            })),
          )
          .onConflict('cluster')
          .merge()
          .where(
            'cluster_heartbeats.heard_at',
            '<=',
            tx.ref('excluded.heard_at'),
          );
      }
      for (const chunk of chunks(reports)) {
        const merged = await this.withOthers(tx, chunk);
        await tx<ReportsRow>('cluster_reports')
          .insert(
            merged.map(({ cluster, reports: text }) => ({
              cluster,
              reports: toReportsText(text),
              ...stamp,
            })),
          )
          .onConflict('cluster')
          .merge();
      }
    });
  }

  async readAwaited(): Promise<ReadonlyMap<string, number>> {
    const rows = await this.knex<AwaitedRow>('awaited_clusters').select();
    return new Map(rows.map(({ cluster, since }) => [cluster, Number(since)]));
  }

  async writeAwaited(clusters: readonly string[], since: number) {
    for (const chunk of chunks(clusters)) {
      await this.knex<AwaitedRow>('awaited_clusters')
        .insert(chunk.map(cluster => ({ cluster, since })))
        .onConflict('cluster')
        .ignore();
    }
  }

  async expire(before: number, isKept: (cluster: string) => boolean) {
    const silent = await this.knex<HeartbeatRow>('cluster_heartbeats')
      .where('heard_at', '<', before)
      .pluck('cluster');
    const expired = silent.filter(cluster => !isKept(cluster));
    for (const chunk of chunks(expired)) {
      await this.knex('cluster_reports').whereIn('cluster', chunk).delete();
      await this.knex('cluster_heartbeats').whereIn('cluster', chunk).delete();
    }
    const heard = this.knex('cluster_heartbeats').select('cluster');
    await this.knex('awaited_clusters').whereIn('cluster', heard).delete();
    const awaited = [...(await this.readAwaited()).keys()];
    const gone = awaited.filter(cluster => !isKept(cluster));
    for (const chunk of chunks(gone))
      await this.knex('awaited_clusters').whereIn('cluster', chunk).delete();
    return expired;
  }

  /** Of each application the newer report, where another replica wrote last. */
  private async withOthers(
    tx: Knex.Transaction,
    all: readonly ClusterReports[],
  ): Promise<readonly ClusterReports[]> {
    const rows = await tx<ReportsRow>('cluster_reports')
      .whereIn(
        'cluster',
        all.map(({ cluster }) => cluster),
      )
      .whereNot('writer', this.#writer)
      .select('cluster', 'reports');
    if (rows.length === 0) return all;
    const others = new Map(
      rows.map(row => [row.cluster, fromReportsText(row.reports)]),
    );
    return all.map(({ cluster, reports }) => {
      const merged = others.get(cluster);
      if (!merged) return { cluster, reports };
      for (const [application, report] of reports) {
        if (isNewerReport(report, merged.get(application)))
          merged.set(application, report);
      }
      return { cluster, reports: merged };
    });
  }

  private async *pages<Row extends { cluster: string }>(
    table: string,
  ): AsyncIterable<Row[]> {
    for (let after = ''; ; ) {
      const rows: Row[] = await this.knex(table)
        .where('cluster', '>', after)
        .orderBy('cluster')
        .limit(PAGE)
        .select();
      if (rows.length > 0) yield rows;
      if (rows.length < PAGE) return;
      after = rows[rows.length - 1].cluster;
    }
  }
}

async function revisionOf(knex: Knex): Promise<number> {
  const row = await knex<{ name: string; revision: number }>('revisions')
    .where({ name: 'status' })
    .first();
  return row?.revision ?? 0;
}

function toHeartbeat(row: HeartbeatRow): Heartbeat {
  return {
    cluster: row.cluster,
    heardAt: Number(row.heard_at),
    clockAt: Number(row.clock_at),
  };
}

function toReports(row: ReportsRow): ClusterReports {
  return { cluster: row.cluster, reports: fromReportsText(row.reports) };
}

function* chunks<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += CHUNK) {
    yield items.slice(start, start + CHUNK);
  }
}
