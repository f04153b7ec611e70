import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap, keepEqual, keepUnion } from '../bitmap';
import { edgeReference } from '../snapshot';
import { ApplicationRule, Prohibited } from './ApplicationRule';
import { NumberedRelease } from './dependencyCircles';
import { parseQuantities } from './namespaceTargets';
import { attempt } from './problems';
import { Prohibition } from './prohibitions';
import { RuleSource } from './RuleSource';

/** The rule of an application, or of one of its releases, and what led to it. @internal */
export interface MadeRule {
  readonly rule: ApplicationRule;
  readonly source: RuleSource;
  readonly problems: readonly Problem[];
}

/**
 * The rule of an application, or of one of its releases.
 *
 * @param numbers - of the applications, by name
 * @param before - what was made of it at another time, whose sets are given again where they hold the same
 * @internal
 */
export function makeRule(
  { application, name }: NumberedRelease,
  source: RuleSource,
  numbers: ReadonlyMap<string, number>,
  before: ApplicationRule | undefined,
): MadeRule {
  const { decision, wanted, circle, states } = source;
  const { spec } = decision.entity;
  const { release, rings, within } = wanted;
  const problems: Problem[] = [...source.overrideProblems];
  const report = (field: string, message: string) =>
    problems.push({
      entity: edgeReference('EdgeApplication', name),
      field,
      message,
    });
  let complete = true;
  if (source.rolloutProblem !== undefined) {
    report('spec.rollout', source.rolloutProblem);
    if (!release) complete = false;
  }
  if (decision.releases.length === 0) {
    report('spec.version', `No release of '${name}' has reached any ring`);
    complete = false;
  }
  if (circle) {
    report(
      'spec.dependsOn',
      `These applications need one another in a circle: ${circle.join(', ')}`,
    );
    complete = false;
  }
  const requests = parseQuantities(release?.requests, (field, task) =>
    attempt(problems, 'EdgeApplication', name, `spec.requests.${field}`, task),
  );
  const dependsOn = (release?.dependsOn ?? []).map((needed, i) => {
    const number = numbers.get(needed);
    if (number === undefined)
      report(`spec.dependsOn[${i}]`, `There is no application '${needed}'`);
    return number ?? -1;
  });
  const clusters = wantedClusters(source, report, problems);
  const undecided =
    !complete || !requests || dependsOn.includes(-1) || !clusters;
  const pinned = undecided
    ? keepEqual(before?.pinned, source.had.clone().andNot(states.retired))
    : source.draining;
  const targets =
    undecided || pinned.isEmpty()
      ? keepEqual(before?.targets, undecided ? pinned : clusters)
      : keepUnion(before?.targets, clusters, pinned);
  return {
    source,
    problems,
    rule: {
      application,
      name,
      namespace: spec.namespace ?? '',
      decision,
      release,
      rings,
      ...(within && { within }),
      undecided,
      priority: spec.priority ?? 0,
      requests: requests ?? new Map(),
      dependsOn,
      targets,
      pinned,
      prohibited: prohibitedClusters(
        source.policies,
        targets,
        source.had,
        before?.prohibited ?? [],
      ),
    },
  };
}

/** Open clusters of the namespace and the rings that meet all needs; `undefined` where one of the rules cannot be evaluated. */
function wantedClusters(
  { decision, wanted, namespace: rule, requirements, states }: RuleSource,
  report: (field: string, message: string) => void,
  problems: Problem[],
): Bitmap | undefined {
  const { namespace } = decision.entity.spec;
  if (namespace === undefined) return Bitmap.empty(states.retired.size);
  if (!rule) {
    report(
      'spec.namespace',
      `There is no namespace '${namespace}' on main; what runs stays`,
    );
    return undefined;
  }
  let clusters = wanted.release ? rule.open : Bitmap.empty(states.retired.size);
  if (!rule.open || !rule.quota) {
    report(
      'spec.namespace',
      `Namespace '${namespace}' has a problem in its ${
        rule.open ? 'quota' : 'selector'
      }; what runs stays`,
    );
    clusters = undefined;
  }
  if (wanted.within) clusters = clusters?.clone().and(wanted.within);
  for (const met of requirements) {
    if (met instanceof Bitmap) clusters = clusters?.clone().and(met);
    else {
      problems.push(met);
      clusters = undefined;
    }
  }
  return clusters;
}

/** For each policy the targets that it takes and no policy before it does. */
function prohibitedClusters(
  policies: readonly Prohibition[],
  targets: Bitmap,
  had: Bitmap,
  before: readonly Prohibited[],
): readonly Prohibited[] {
  const result: Prohibited[] = [];
  let rest: Bitmap | undefined;
  for (const { policy, reason, clusters } of policies) {
    rest ??= targets.clone();
    const taken = clusters
      ? rest.clone().and(clusters)
      : rest.clone().andNot(had);
    if (taken.isEmpty()) continue;
    rest.andNot(taken);
    const old = before.find(item => item.policy === policy);
    result.push({ policy, reason, clusters: keepEqual(old?.clusters, taken) });
  }
  return result;
}
