import {
  EdgeApplicationEntity,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../bitmap';
import { Snapshot } from '../snapshot';
import { ApplicationRelease, Decisions } from './Decisions';

/** The steps that can refuse a placement, in their order (docs/engine.md). @public */
export type DecisionStep = 'target' | 'prohibit' | 'fit' | 'depend';

/** What runs where already, as delivered; bitmaps number the clusters of the snapshot that it is used with. @public */
export interface Baseline {
  readonly applications: ReadonlyMap<string, Bitmap>;
  /** The same of namespaces. Where it is left out, nothing is known: draining clusters have what their namespaces select. */
  readonly namespaces?: ReadonlyMap<string, Bitmap>;
}

/** What `decide` reads; the same input gives the same plan, byte for byte. @public */
export interface DecideInput {
  readonly snapshot: Snapshot;
  readonly decisions: Decisions;
  readonly baseline: Baseline;
  /** The clock. Nothing in the engine reads another one. */
  readonly now: Date;
}

/** Clusters that are a target of an application, and yet do not get it. @public */
export interface Refusal {
  readonly step: Exclude<DecisionStep, 'target'>;
  /** Entity reference of the rule that refused. */
  readonly rule: string;
  readonly reason: string;
  readonly clusters: Bitmap;
}

/** A release that some rings of an application want. @public */
export interface PlannedRelease {
  readonly release: ApplicationRelease;
  /** In their order; none of a release that is pinned alone. */
  readonly rings: readonly string[];
  /** All clusters of these rings that are not pinned to another, and those pinned to this, whether it is placed there or not. */
  readonly clusters: Bitmap;
}

/** The rings of a rollout with their clusters: each cluster is in one of them. @public */
export interface RolloutRings {
  /** In order. */
  readonly rings: readonly {
    readonly name: string;
    readonly clusters: Bitmap;
  }[];
  /** Clusters that no ring selects; they belong to the last. */
  readonly unselected: Bitmap;
}

/** Clusters on which an override pins the version of an application now. @public */
export interface ReleasePin {
  /** The override. */
  readonly policy: string;
  readonly clusters: Bitmap;
}

/** What was decided for one application. @public */
export interface ApplicationPlan {
  readonly name: string;
  readonly namespace: string;
  /** A cluster is in one of them at most; in none where its ring has reached none, or nobody knows its ring. */
  readonly releases: readonly PlannedRelease[];
  /** A cluster is in one of them at most; left out where nothing is pinned. */
  readonly pins?: readonly ReleasePin[];
  readonly targets: Bitmap;
  readonly placed: Bitmap;
  readonly refusals: readonly Refusal[];
}

/** Every placement of the fleet, one compressed set of clusters for each application. @public */
export interface Plan {
  readonly snapshot: Snapshot;
  readonly applications: ReadonlyMap<string, ApplicationPlan>;
  /** Where each namespace is delivered. */
  readonly namespaces: ReadonlyMap<string, Bitmap>;
  /** Digest of what is delivered of each namespace. */
  readonly namespaceReleases: ReadonlyMap<string, string>;
  /** The rings of each rollout, by policy; undefined where they cannot be found. */
  readonly rollouts: ReadonlyMap<string, RolloutRings | undefined>;
  readonly problems: readonly Problem[];
}

/** The ring of a cluster in the rollout of an application; undefined where there is none, or nobody knows it. @public */
export function ringOn(
  { rollouts }: Pick<Plan, 'rollouts'>,
  { spec }: EdgeApplicationEntity,
  cluster: number,
): string | undefined {
  return rollouts
    .get(spec.rollout ?? '')
    ?.rings.find(({ clusters }) => clusters.has(cluster))?.name;
}

/** The release that is wanted on a cluster, whether it is placed there or not; undefined where there is none. @public */
export function releaseOn(
  plan: Pick<ApplicationPlan, 'releases'> | undefined,
  cluster: number,
): PlannedRelease | undefined {
  return plan?.releases.find(({ clusters }) => clusters.has(cluster));
}
