import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../bitmap';
import { Snapshot } from '../snapshot';
import { Decisions } from './Decisions';

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

/** What was decided for one application. @public */
export interface ApplicationPlan {
  readonly name: string;
  readonly namespace: string;
  /** The version wanted on each cluster; one until rollouts exist. */
  readonly version: string;
  /** Digest of the release wanted: version, values and overrides. */
  readonly release: string;
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
  readonly problems: readonly Problem[];
}
