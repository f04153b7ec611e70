import {
  ChangeRequest,
  Drift,
  DriftDetails,
  FileDiff,
  FleetSummary,
  Guard,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  BillEntry,
  Bitmap,
  ContentWorld,
  DecideInput,
  Decisions,
  Inventory,
  Plan,
  PolicyEffect,
  Snapshot,
  WaitingChange,
  RolloutRequest,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { ApplyResult, InventoryOrigin } from '../database';
import { FleetOutlook } from './FleetOutlook';
import { ForeseenRollout, RolloutQuestion } from './RolloutQuestion';

/** What the delivery branches hold. @internal */
export interface DeliveredView {
  /** The version of an application in the bill of a cluster. */
  version(cluster: string, application: string): string | undefined;
  /** The line of an application in the bill of a cluster: its revision is what is wanted there. */
  entry(cluster: string, application: string): BillEntry | undefined;
  /** All bills with the application: each cluster with its line. */
  entries(application: string): Iterable<readonly [string, BillEntry]>;
  /** What the bill of a cluster names. */
  applications(cluster: string): readonly BillEntry[];
  /** Whether the branch of the cluster has the revision, be it one that no bill names any more. */
  hasRevision(cluster: string, application: string, revision: string): boolean;
  /** Whether it has any revision of the application. */
  hasRevisions(cluster: string, application: string): boolean;
  /** Clusters that have a bill. */
  readonly clusters: number;
  readonly shards: number;
  shardOf(cluster: string): string | undefined;
  /** Clusters whose bill has the application. */
  applicationClusters(application: string): number;
}

/** What of the plan waits for windows, freezes or other changes. @internal */
export interface HoldingView {
  /** The clusters on which a change of the application waits; not to be changed. */
  clusters(application: string): Bitmap;
  /** The clusters that something else than a rollout keeps from changing, whether a change waits there or not; not to be changed. */
  deferred(application: string): Bitmap;
  /** The clusters that keep what they have, because what is wanted there cannot be made; not to be changed. */
  undeliverable(application: string): Bitmap;
  /** Why changes of the application wait on a cluster, whether there are any or not; undefined where they do not. */
  waiting(application: string, cluster: number): WaitingChange | undefined;
  /**
   * The first time from another on at which windows, freezes and overrides let a change of the application reach a cluster;
   * undefined where none is known.
   */
  opens(application: string, cluster: number, from: Date): Date | undefined;
  /** What a window, a freeze or an override does; undefined for other policies. */
  effect(policy: string): PolicyEffect | undefined;
  /** The time of all that. */
  readonly now: Date;
}

/** All that the latest run read and decided; it never changes, a new run makes a new one. @internal */
export interface FleetView {
  /** Of the inventory. */
  readonly revision: number;
  readonly inventory: Inventory;
  /** By entity reference. */
  readonly origins: Pick<ReadonlyMap<string, InventoryOrigin>, 'get'>;
  readonly snapshot: Snapshot;
  /** As merged on main. */
  readonly decisions: Decisions;
  readonly input: DecideInput;
  readonly plan: Plan;
  readonly problems: readonly Problem[];
  readonly delivered: DeliveredView;
  readonly holding: HoldingView;
  readonly planId?: string;
}

/** What a person decided about a change by hand that was read: to take it over, or to take it back. @internal */
export interface DriftVerdict {
  /** The entity. */
  readonly ref: string;
  readonly digest: string;
  readonly decision: 'adopt' | 'discard';
  readonly actor: string;
  readonly reason?: string;
}

/** What the REST API needs of the automation. @internal */
export interface Fleet {
  /** Undefined until the first run. */
  view(): FleetView | undefined;
  deliveryStatus(): FleetSummary['delivery'];
  /**
   * What a change of the inventory would cause; nothing is stored.
   *
   * @throws ServiceUnavailableError before the first run
   */
  whatIf(difference: ApplyResult['difference']): Promise<FleetOutlook>;
  /**
   * What would become of a rollout; nothing is stored.
   *
   * @throws ServiceUnavailableError before the first run, and where too many ask at a time
   * @throws NotFoundError where main has no such application
   * @throws InputError where its rings cannot be found
   */
  simulateRollout(question: RolloutQuestion): Promise<ForeseenRollout>;
  /** How the rollout of a content stands, by the clusters of the view; undefined where it is none, goes through no rings, or another view is there by now. */
  contentWorld(
    view: FleetView,
    subject: string,
  ): Promise<ContentWorld | undefined>;
  /** Runs once more; resolves when that run is done. */
  requestRun(reason: string, actor: string): Promise<void>;
  /**
   * @param breakGlass - why it is merged without the approvals that it needs
   * @throws ConflictError where another decision than the one of `digest` is asked for by now, it lacks an approval, or main moved
   */
  mergeChangeRequest(
    id: string,
    digest: string,
    actor: string,
    breakGlass?: string,
  ): Promise<ChangeRequest>;
  changeRequestFiles(id: string): Promise<FileDiff[]>;
  /** What people changed by hand on main, and nobody has settled yet. */
  listDrift(): Promise<Drift[]>;
  /** @throws NotFoundError where nothing is changed by hand of that entity */
  getDrift(ref: string): Promise<DriftDetails>;
  /**
   * @throws NotFoundError where nothing is changed by hand of that entity
   * @throws ConflictError where something else is by now, or what is adopted cannot be read
   */
  settleDrift(verdict: DriftVerdict): Promise<void>;
  /** Losses that wait for a person. */
  listGuards(): Guard[];
  /**
   * @throws ConflictError where something else waits by now
   * @throws NotFoundError where nothing does
   */
  signOffGuard(id: string, actor: string, reason: string): Promise<void>;
  /**
   * @throws NotFoundError where there is no such rollout
   * @throws ConflictError where it is in no state for that
   */
  commandRollout(id: string, request: RolloutRequest): Promise<void>;
}
