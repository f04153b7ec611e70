import { Bitmap } from '../bitmap';
import { ApplicationDecision, ApplicationRelease } from '../model';

/** A policy that keeps an application from clusters. @internal */
export interface Prohibited {
  /** Name of the policy. */
  readonly policy: string;
  readonly reason: string;
  readonly clusters: Bitmap;
}

/** Everything about one application that steps 1 to 3 need; the applications are numbered in order of their names. @internal */
export interface ApplicationRule {
  readonly index: number;
  readonly name: string;
  readonly namespace: string;
  readonly decision: ApplicationDecision;
  readonly release: ApplicationRelease | undefined;
  /** A part of the rule cannot be evaluated: what runs stays, and nothing is added. */
  readonly undecided: boolean;
  readonly priority: number;
  /** Amounts of billionths by resource; empty where they cannot be read. */
  readonly requests: ReadonlyMap<string, bigint>;
  /** Numbers of the applications that it needs, in the order in which they are written; -1 for one that does not exist. */
  readonly dependsOn: readonly number[];
  /** Step 1. */
  readonly targets: Bitmap;
  /** Targets that keep it without being asked: all where it is undecided, else the draining clusters that have it. */
  readonly pinned: Bitmap;
  /** Step 2, for targets: by the first policy in order of names. */
  readonly prohibited: readonly Prohibited[];
}
