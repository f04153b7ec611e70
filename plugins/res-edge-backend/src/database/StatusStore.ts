import { ApplicationReport } from '@res-edge/backstage-plugin-res-edge-engine';

/** When a cluster was last heard of, in milliseconds. @internal */
export interface Heartbeat {
  readonly cluster: string;
  /** By our clock. */
  readonly heardAt: number;
  /** By the clock of the cluster: of its newest report. */
  readonly clockAt: number;
}

/** What a cluster last reported, by application; of its own build under an empty name. @internal */
export interface ClusterReports {
  readonly cluster: string;
  readonly reports: ReadonlyMap<string, ApplicationReport>;
}

/** What is known of clusters. @internal */
export interface StatusRecords {
  readonly heartbeats: readonly Heartbeat[];
  readonly reports: readonly ClusterReports[];
}

/** What clusters report, shared by all replicas: a row for each cluster, and never one for each of its applications. @internal */
export interface StatusStore {
  /** All of it, part by part. */
  read(): AsyncIterable<StatusRecords>;

  /** The revision that {@link StatusStore.changesOfOthers} goes on from. */
  revision(): Promise<number>;

  /** What other replicas wrote since a revision. */
  changesOfOthers(
    since: number,
  ): Promise<StatusRecords & { readonly revision: number }>;

  /** Writes in one transaction. What another replica wrote of a cluster meanwhile stays where it is newer. */
  write(records: StatusRecords): Promise<void>;

  /** Since when clusters are told what to run that never reported, in milliseconds. */
  readAwaited(): Promise<ReadonlyMap<string, number>>;

  /** Writes it of those of which it is not written yet. */
  writeAwaited(clusters: readonly string[], since: number): Promise<void>;

  /**
   * Forgets clusters that were not heard of since, but for those that are kept; and since when the first report of others was
   * awaited that came, or is awaited no more.
   *
   * @returns the clusters that are forgotten
   */
  expire(
    before: number,
    isKept: (cluster: string) => boolean,
  ): Promise<string[]>;
}
