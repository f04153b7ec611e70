import { Bitmap } from '../bitmap';
import { ApplicationDecision, ApplicationRelease } from '../model';

/** A policy that keeps an application from clusters. @internal */
export interface Prohibited {
  /** Name of the policy. */
  readonly policy: string;
  readonly reason: string;
  readonly clusters: Bitmap;
}

/**
 * Everything about one application that steps 1 to 3 need; the applications are numbered in order of their names. One of
 * which rings want different releases has a rule for each of these, and each cluster is within one of them.
 *
 * @internal
 */
export interface ApplicationRule {
  /** Number of the application. */
  readonly application: number;
  readonly name: string;
  readonly namespace: string;
  readonly decision: ApplicationDecision;
  /** Undefined where these rings have reached none, or nobody knows which one it is. */
  readonly release: ApplicationRelease | undefined;
  /** The rings that want it. */
  readonly rings: readonly string[];
  /** The clusters of these rings; all where left out. */
  readonly within?: Bitmap;
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

/** The rules of each application, in order of their names. @internal */
export function byApplication<T extends { readonly application: number }>(
  rules: readonly T[],
): T[][] {
  const groups: T[][] = [];
  for (const rule of rules) {
    const group = groups[rule.application];
    if (group) group.push(rule);
    else groups[rule.application] = [rule];
  }
  return groups;
}

/** Whether there can be a cluster that two rules are both about. @internal */
export function canMeet(
  { within: one }: Pick<ApplicationRule, 'within'>,
  { within: other }: Pick<ApplicationRule, 'within'>,
): boolean {
  return !one || !other || one.intersects(other);
}

/** The rule of an application that is about a cluster. @internal */
export function ruleOn(
  rules: readonly ApplicationRule[],
  name: string,
  cluster: number,
): ApplicationRule | undefined {
  return rules.find(
    rule => rule.name === name && (rule.within?.has(cluster) ?? true),
  );
}
