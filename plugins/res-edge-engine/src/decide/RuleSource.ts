import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../bitmap';
import { ApplicationDecision } from '../model';
import { ClusterStates } from './clusterStates';
import { NamespaceRule } from './namespaceTargets';
import { Prohibition } from './prohibitions';
import { sameContent } from './same';
import { WantedRelease } from './wantedReleases';

/** All that the rule of an application is made from: the rule holds as long as this says the same. @internal */
export interface RuleSource {
  readonly decision: ApplicationDecision;
  readonly wanted: WantedRelease;
  /** What is wrong with the rollout that it names. */
  readonly rolloutProblem: string | undefined;
  /** The applications that need one another with it. */
  readonly circle: readonly string[] | undefined;
  readonly namespace: NamespaceRule | undefined;
  /** What each of its `requires` matches. */
  readonly requirements: readonly (Bitmap | Problem)[];
  /** What is wrong with the selectors of its overrides. */
  readonly overrideProblems: readonly Problem[];
  /** Where it runs already. */
  readonly had: Bitmap;
  /** The draining clusters among these. */
  readonly draining: Bitmap;
  /** The prohibitions that select it. */
  readonly policies: readonly Prohibition[];
  readonly states: ClusterStates;
}

/**
 * Whether a rule is made from the same, where it does not depend on all clusters on which it runs. Sets and rules that
 * say the same are compared by identity where they are kept from plan to plan.
 *
 * @internal
 */
export function sameSource(one: RuleSource, other: RuleSource): boolean {
  return (
    one.namespace === other.namespace &&
    one.states.retired === other.states.retired &&
    one.draining === other.draining &&
    one.wanted.within === other.wanted.within &&
    one.wanted.release?.digest === other.wanted.release?.digest &&
    one.wanted.rings.join() === other.wanted.rings.join() &&
    one.rolloutProblem === other.rolloutProblem &&
    one.circle?.join() === other.circle?.join() &&
    sameLists(one.policies, other.policies, Object.is) &&
    sameLists(one.requirements, other.requirements, sameRequirement) &&
    sameLists(one.overrideProblems, other.overrideProblems, sameContent) &&
    sameContent(one.decision, other.decision)
  );
}

function sameRequirement(
  one: Bitmap | Problem,
  other: Bitmap | Problem,
): boolean {
  return one instanceof Bitmap && other instanceof Bitmap
    ? one.equals(other)
    : sameContent(one, other);
}

function sameLists<T>(
  one: readonly T[],
  other: readonly T[],
  isSame: (a: T, b: T) => boolean,
): boolean {
  return (
    one.length === other.length && one.every((a, i) => isSame(a, other[i]))
  );
}
