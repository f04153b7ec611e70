import {
  BuiltSource,
  Decisions,
  DeliveredShard,
  FileMap,
  GitOpsEngine,
  Holds,
  Plan,
} from '../../model';

/** What {@link renderDelivery} reads. @public */
export interface DeliveryInput {
  /** All files of main. */
  readonly main: FileMap;
  readonly decisions: Decisions;
  readonly plan: Plan;
  /** By key of {@link releaseBuilds}; a key that is missing breaks that release alone. */
  readonly built: ReadonlyMap<string, BuiltSource>;
  /** The shard of each cluster. */
  readonly shards: ReadonlyMap<string, string>;
  /** What each branch holds now; a shard that is missing is a new branch. */
  readonly delivered: ReadonlyMap<string, DeliveredShard>;
  /** The clock: what leaves in two steps goes by it. */
  readonly now: Date;
  /** When a cluster reported that an application is removed, in milliseconds: what leaves in two steps waits no longer than for that. */
  readonly removedAt?: (
    cluster: string,
    application: string,
  ) => number | undefined;
  /** How long revisions stay that no bill names, in milliseconds; for ever where left out. */
  readonly retention?: number;
  /** What stays as it is delivered; a change that waits for nothing is not held. */
  readonly holds?: Holds;
  /** Names of clusters that are retired or no longer registered, and whose folders stay whole. */
  readonly kept?: ReadonlySet<string>;
  /** Why a {@link ComponentCombination} does not build, by its key; who does not check them leaves it out. */
  readonly broken?: ReadonlyMap<string, string>;
  /** What delivers on clusters that do not say it; Flux where left out. */
  readonly engine?: GitOpsEngine;
}
