import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  ApplicationReport,
  FleetReports,
  Freshness,
  FreshnessLimits,
  freshnessOf,
  Snapshot,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { ClusterReports, Heartbeat, StatusStore } from '../database';
import { AwaitedClusters } from './AwaitedClusters';
import { NumberedReports, ReportReader } from './ReportReader';
import { OWN_BUILD, StatusOutcome, StatusReport } from './StatusReport';
import { StatusSubjects } from './StatusSubjects';
import { StatusTable } from './StatusTable';

/** Clusters of one transaction: the others wait no longer than it takes. */
const MAX_WRITTEN = 2000;
/** Messages are for people; what is longer is in the logs of the cluster. */
const MAX_MESSAGE = 500;
/** So many times within the time to staleness a heartbeat is written: more would be a row for each cluster all the time. */
const WRITES_TO_STALE = 6;
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** Told what a cluster says of an application, where it said something else before. @internal */
export type ReportListener = (
  cluster: string,
  application: string,
  report: ApplicationReport,
) => void;

/** What status works with. @internal */
export interface FleetStatusOptions {
  readonly store: StatusStore;
  /** @throws ServiceUnavailableError while the fleet is not read */
  readonly subjects: () => StatusSubjects;
  readonly limits: FreshnessLimits;
  readonly logger: LoggerService;
  /** Told at once, whichever replica took it in; what is stored at the start is no news. */
  readonly onNews?: ReportListener;
  /** The clock, in milliseconds. */
  readonly now?: () => number;
}

/**
 * What clusters report: taken in at once, in memory; written a little later, together, and only what changed.
 * What waits to be written is at most one entry for each cluster. What other replicas took in is read from the database.
 *
 * @internal
 */
export class FleetStatus implements FleetReports {
  readonly #table = new StatusTable();
  readonly #reader = ReportReader.create(this.#table);
  readonly #awaited: AwaitedClusters;
  readonly #now: () => number;
  /** When the heartbeat of a cluster was last written. */
  readonly #written = new Map<string, number>();
  readonly #heard = new Set<string>();
  readonly #changed = new Set<string>();
  readonly #received = new Map<string, number>();
  #seenRevision = 0;
  #writing: Promise<void> = Promise.resolve();

  private constructor(private readonly options: FleetStatusOptions) {
    this.#now = options.now ?? Date.now;
    this.#awaited = new AwaitedClusters(options.store);
  }

  static create(options: FleetStatusOptions): FleetStatus {
    return new FleetStatus(options);
  }

  /** Another one whenever something else was reported. */
  get version(): number {
    return this.#table.version;
  }

  /** Clusters of which something waits to be written. */
  get waiting(): number {
    return new Set([...this.#heard, ...this.#changed]).size;
  }

  /** How many reports came since the start, by outcome. */
  get received(): ReadonlyMap<string, number> {
    return this.#received;
  }

  /** Whether any cluster ever reported something. */
  get isHeard(): boolean {
    return this.#table.isHeard;
  }

  heardAt(cluster: string) {
    return this.#table.heardAt(cluster);
  }

  report(cluster: string, application: string) {
    return this.#table.report(cluster, application);
  }

  /** When the cluster reported that the application is removed; undefined where it said something else since, or nothing. */
  removedAt(cluster: string, application: string): number | undefined {
    const report = this.#table.report(cluster, application);
    return report?.condition === 'removed' ? report.at : undefined;
  }

  reportsOf(cluster: string) {
    return this.#table.reportsOf(cluster);
  }

  /** What the cluster last said of its own build: whether it could read its bill, at which commit. */
  ownBuild(cluster: string) {
    return this.#table.report(cluster, OWN_BUILD);
  }

  freshness(cluster: string): Freshness {
    const { limits } = this.options;
    const heardAt = this.heardAt(cluster);
    const since = this.#awaited.since(cluster);
    return freshnessOf(heardAt, this.#now(), limits, since);
  }

  /** All of it by the numbers of a snapshot; undefined where no cluster ever reported something. */
  numbered(snapshot: Snapshot): NumberedReports | undefined {
    if (!this.isHeard) return undefined;
    return this.#reader.read(snapshot, this.#now(), this.options.limits);
  }

  /** Counts what was answered without a report: a wrong signature, a kind of no concern. */
  count(outcome: string): void {
    this.#received.set(outcome, (this.#received.get(outcome) ?? 0) + 1);
  }

  /** Takes a report in. @throws ServiceUnavailableError while the fleet is not read */
  receive(report: StatusReport): StatusOutcome {
    const outcome = this.takeIn(report);
    this.count(outcome);
    return outcome;
  }

  /** Reads what is stored, at the start. */
  async load(): Promise<void> {
    const { store } = this.options;
    this.#seenRevision = await store.revision();
    for await (const records of store.read()) this.takeOver(records);
    await this.#awaited.load();
  }

  /** From now on the first report of clusters that never reported is awaited, where it was not before. */
  async awaitFirst(delivered: Iterable<string>): Promise<void> {
    const unheard = [...delivered].filter(
      cluster => this.heardAt(cluster) === undefined,
    );
    await this.#awaited.add(unheard, this.#now());
  }

  /** Reads what other replicas took in. */
  async refresh(): Promise<void> {
    const seen = await this.options.store.changesOfOthers(this.#seenRevision);
    this.#seenRevision = seen.revision;
    this.takeOver(seen, this.options.onNews);
  }

  /** Writes what changed; what comes meanwhile is written the next time. */
  async flush(): Promise<void> {
    this.#writing = this.#writing.catch(() => {}).then(() => this.write());
    return this.#writing;
  }

  /** Forgets clusters that are not registered and were silent for that time, in milliseconds. */
  async expire(silence: number): Promise<void> {
    const subjects = this.options.subjects();
    const expired = await this.options.store.expire(
      this.#now() - silence,
      cluster => subjects.hasCluster(cluster),
    );
    for (const cluster of expired) {
      this.#table.forget(cluster);
      this.#written.delete(cluster);
      this.#heard.delete(cluster);
      this.#changed.delete(cluster);
    }
  }

  private takeIn({ cluster, at, about, present }: StatusReport): StatusOutcome {
    const subjects = this.options.subjects();
    if (!subjects.hasCluster(cluster)) return 'unknown-cluster';
    const now = this.#now();
    // A clock that is ahead would keep all later reports out.
    const time = Math.floor(Math.min(at ?? now, now) / 1000) * 1000;
    this.hear(cluster, time, now);
    if (present) this.removeOthers(cluster, present, time);
    if (!about) return 'heard';

    const { application, revision, condition } = about;
    const isOwn = application === OWN_BUILD;
    if (!isOwn && !subjects.hasApplication(cluster, application)) {
      return 'unknown-application';
    }
    const message = about.message?.replace(CONTROL, ' ').slice(0, MAX_MESSAGE);
    const outcome = this.put(cluster, application, {
      revision,
      condition,
      at: time,
      ...(message !== undefined && condition === 'failed' && { message }),
    });
    return outcome !== 'outdated' &&
      !isOwn &&
      !subjects.hasRevision(cluster, application, revision)
      ? 'unknown-revision'
      : outcome;
  }

  private put(cluster: string, application: string, report: ApplicationReport) {
    const outcome = this.#table.put(cluster, application, report);
    if (outcome === 'recorded') {
      this.#changed.add(cluster);
      this.options.onNews?.(cluster, application, report);
    }
    return outcome;
  }

  private removeOthers(
    cluster: string,
    present: ReadonlySet<string>,
    at: number,
  ) {
    for (const [application, { revision, condition }] of this.#table.reportsOf(
      cluster,
    ).reports) {
      const isGone = application !== OWN_BUILD && !present.has(application);
      if (isGone && condition !== 'removed')
        this.put(cluster, application, { revision, condition: 'removed', at });
    }
  }

  /** Only news says that a cluster is there: what somebody sends a second time does not. */
  private hear(cluster: string, clockAt: number, heardAt: number) {
    const before = this.#table.clockAt(cluster);
    if (before !== undefined && clockAt <= before) return;
    this.#table.hear({ cluster, heardAt, clockAt });
    const written = this.#written.get(cluster);
    const step = this.options.limits.staleAfter / WRITES_TO_STALE;
    if (written === undefined || heardAt - written >= step) {
      this.#heard.add(cluster);
    }
  }

  private takeOver(
    records: {
      heartbeats: readonly Heartbeat[];
      reports: readonly ClusterReports[];
    },
    onNews?: ReportListener,
  ): void {
    for (const heartbeat of records.heartbeats) {
      this.#table.hear(heartbeat);
      this.#written.set(heartbeat.cluster, heartbeat.heardAt);
    }
    for (const { cluster, reports } of records.reports) {
      if (this.#table.heardAt(cluster) === undefined) continue;
      for (const [application, report] of reports) {
        const outcome = this.#table.put(cluster, application, report);
        if (outcome === 'recorded') onNews?.(cluster, application, report);
      }
    }
  }

  private async write(): Promise<void> {
    while (this.#changed.size + this.#heard.size > 0) {
      const clusters = firstOf(this.#changed, MAX_WRITTEN);
      const others = firstOf(this.#heard, MAX_WRITTEN - clusters.length).filter(
        cluster => !this.#changed.has(cluster),
      );
      const heartbeats = [...clusters, ...others].map(cluster => ({
        cluster,
        heardAt: this.#table.heardAt(cluster)!,
        clockAt: this.#table.clockAt(cluster)!,
      }));
      const reports = clusters.map(cluster => this.#table.reportsOf(cluster));
      for (const { cluster } of heartbeats) {
        this.#changed.delete(cluster);
        this.#heard.delete(cluster);
      }
      try {
        await this.options.store.write({ heartbeats, reports });
      } catch (error) {
        for (const cluster of clusters) this.#changed.add(cluster);
        for (const cluster of others) this.#heard.add(cluster);
        this.options.logger.warn(
          `Status of ${heartbeats.length} clusters waits to be written`,
          toError(error),
        );
        throw error;
      }
      for (const { cluster, heardAt } of heartbeats)
        this.#written.set(cluster, heardAt);
    }
  }
}

function firstOf<T>(set: ReadonlySet<T>, count: number): T[] {
  const first: T[] = [];
  for (const item of set) {
    if (first.length >= count) break;
    first.push(item);
  }
  return first;
}
