import {
  ApplicationOverride,
  EdgeApplicationEntity,
  EdgeNamespaceEntity,
  EdgePolicyEntity,
  ApplicationSelector,
  ResourceQuantities,
  Values,
} from '@res-edge/backstage-plugin-res-edge-common';

/**
 * What rolls out of an application. What is left out of its digest is captured with the version.
 *
 * @public
 */
export interface ApplicationRelease {
  /** The ring that has reached this release; `all` of an application that names no rollout; empty of one that no ring has. */
  readonly ring: string;
  /** Digest of version, values and overrides. */
  readonly digest: string;
  readonly version: string;
  readonly values: Values;
  readonly overrides: readonly ApplicationOverride[];
  readonly requests: ResourceQuantities;
  readonly requires: readonly string[];
  readonly dependsOn: readonly string[];
  /** Keys of the cluster that are delivered as a ConfigMap; none where left out. */
  readonly clusterValues?: readonly string[];
  /** What an add-on brings with the leave of who runs the platform; none where left out. */
  readonly allowedKinds?: readonly string[];
}

/** The ring of applications that name no rollout: all clusters. @public */
export const ONLY_RING = 'all';

/** An application as main holds it. @public */
export interface ApplicationDecision {
  /** The entity; its `spec.version` is that of the last ring's release. */
  readonly entity: EdgeApplicationEntity;
  /** One for each ring that has reached one, in order. */
  readonly releases: readonly ApplicationRelease[];
  /** Rings that have reached none yet; left out where there are none. */
  readonly emptyRings?: readonly string[];
  /** The other captured versions, which an override can pin: with values and overrides of the last ring; left out where there are none. */
  readonly versions?: readonly ApplicationRelease[];
  /** What any captured version of an add-on brings with that leave: its account may still have to take it away. */
  readonly allowedKinds?: readonly string[];
}

/** A namespace as main holds it. @public */
export interface NamespaceDecision {
  readonly entity: EdgeNamespaceEntity;
  /** Digest of what is delivered of it: Namespace, quota, limits, isolation, values. */
  readonly digest: string;
}

/** The values and components of a group as main holds them; its place in the tree is a fact of the inventory. @public */
export interface GroupDecision {
  readonly name: string;
  readonly digest: string;
  readonly values: Values;
  /** `path` is relative to the folder `versions/<digest>` of the group on main. */
  readonly components: readonly {
    path: string;
    applications?: ApplicationSelector;
  }[];
  /** The policy by which it comes to clusters; all at once where left out. */
  readonly rollout?: string;
}

/** What people decided: main as merged, or main with one intent on top. @public */
export interface Decisions {
  readonly applications: ReadonlyMap<string, ApplicationDecision>;
  readonly namespaces: ReadonlyMap<string, NamespaceDecision>;
  readonly groups: ReadonlyMap<string, GroupDecision>;
  readonly policies: ReadonlyMap<string, EdgePolicyEntity>;
}
