import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../bitmap';
import { ApplicationDecision, DecideInput } from '../model';
import { compileSelector } from '../selector';
import { compareNames, edgeReference } from '../snapshot';
import { ApplicationRule, Prohibited } from './ApplicationRule';
import { ClusterStates, clusterStates } from './clusterStates';
import {
  NamespaceRules,
  namespaceTargets,
  parseQuantities,
} from './namespaceTargets';
import { Prohibition, matchesApplication, prohibitions } from './prohibitions';
import { dependencyCircles } from './dependencyCircles';
import { attempt } from './problems';
import { RulesBefore, keepSame, reusableRules } from './reusableRules';

/** Steps 0 to 2 for every application, and what step 3 needs. @internal */
export interface Rules {
  /** In order of their names. */
  readonly applications: readonly ApplicationRule[];
  readonly namespaces: Pick<NamespaceRules, 'rules'>;
  readonly policies: readonly Prohibition[];
  readonly states: ClusterStates;
  readonly problems: readonly Problem[];
}

/** Rules with the context in which their selectors are evaluated. @internal */
export interface EvaluatedRules extends Rules {
  readonly namespaces: NamespaceRules;
}

/**
 * @param before - rules for other decisions on the same facts and the same baseline: what did not change is taken from there
 * @internal
 */
export function applicationRules(
  input: DecideInput,
  before?: RulesBefore,
): EvaluatedRules {
  const { snapshot, decisions } = input;
  const problems: Problem[] = [];
  const states = before?.rules.states ?? clusterStates(snapshot);
  const namespaces = keepSame(
    namespaceTargets(snapshot, decisions, problems),
    before?.rules.namespaces.rules,
  );
  const policies = prohibitions(namespaces.context, decisions, problems);
  const names = [...decisions.applications.keys()].sort(compareNames);
  const circles = dependencyCircles(decisions, names);
  const numbers = new Map(names.map((name, i) => [name, i]));
  const reuse =
    before &&
    reusableRules(before, { input, names, circles, namespaces, policies });
  const applications = names.map((name, index): ApplicationRule => {
    const same = reuse?.(index);
    if (same) {
      problems.push(...same.problems);
      return same.rule;
    }
    const decision = decisions.applications.get(name)!;
    const [release] = decision.releases;
    const report = (field: string, message: string) =>
      problems.push({
        entity: edgeReference('EdgeApplication', name),
        field,
        message,
      });
    let complete = true;
    if (!release) {
      report('spec.version', `No release of '${name}' has reached any ring`);
      complete = false;
    }
    const circle = circles.get(name);
    if (circle) {
      report(
        'spec.dependsOn',
        `These applications need one another in a circle: ${circle.join(', ')}`,
      );
      complete = false;
    }
    const requests = parseQuantities(release?.requests, (field, task) =>
      attempt(
        problems,
        'EdgeApplication',
        name,
        `spec.requests.${field}`,
        task,
      ),
    );
    const dependsOn = (release?.dependsOn ?? []).map((needed, i) => {
      const number = numbers.get(needed);
      if (number === undefined)
        report(`spec.dependsOn[${i}]`, `There is no application '${needed}'`);
      return number ?? -1;
    });
    const wanted = wantedClusters(
      input,
      name,
      decision,
      namespaces,
      states,
      problems,
    );
    reportOverrides(name, decision, namespaces, problems);
    const undecided =
      !complete || !requests || dependsOn.includes(-1) || !wanted;
    const had =
      input.baseline.applications.get(name) ?? Bitmap.empty(snapshot.size);
    const kept = had.clone().andNot(states.retired);
    const pinned = undecided ? kept : kept.and(states.draining);
    const targets = undecided
      ? pinned.clone()
      : wanted.and(states.open).or(pinned);
    return {
      index,
      name,
      namespace: decision.entity.spec.namespace ?? '',
      decision,
      release,
      undecided,
      priority: decision.entity.spec.priority ?? 0,
      requests: requests ?? new Map(),
      dependsOn,
      targets,
      pinned,
      prohibited: prohibitedClusters(policies, decision, targets, had),
    };
  });
  return { applications, namespaces, policies, states, problems };
}

/** Clusters of the namespace that meet all needs; `undefined` where one of the rules cannot be evaluated. */
function wantedClusters(
  { snapshot }: DecideInput,
  name: string,
  { entity, releases }: ApplicationDecision,
  namespaces: NamespaceRules,
  states: ClusterStates,
  problems: Problem[],
): Bitmap | undefined {
  const { namespace } = entity.spec;
  if (namespace === undefined) return Bitmap.empty(snapshot.size);
  const report = (field: string, message: string) =>
    problems.push({
      entity: edgeReference('EdgeApplication', name),
      field,
      message,
    });
  const rule = namespaces.rules.get(namespace);
  if (!rule) {
    report(
      'spec.namespace',
      `There is no namespace '${namespace}' on main; what runs stays`,
    );
    return undefined;
  }
  let wanted = rule.matches?.clone().and(states.open);
  if (!rule.matches || !rule.quota) {
    report(
      'spec.namespace',
      `Namespace '${namespace}' has a problem in its ${
        rule.matches ? 'quota' : 'selector'
      }; what runs stays`,
    );
    wanted = undefined;
  }
  (releases[0]?.requires ?? []).forEach((requirement, i) => {
    const met = attempt(
      problems,
      'EdgeApplication',
      name,
      `spec.requires[${i}]`,
      () => compileSelector(namespaces.context, requirement).clusters,
    );
    wanted = met && wanted?.and(met);
  });
  return wanted;
}

/**
 * Overrides do not decide where an application runs, but what of it: where one cannot be evaluated, nobody knows whom it
 * matches, and what is delivered stays everywhere.
 */
function reportOverrides(
  name: string,
  { releases }: ApplicationDecision,
  { context }: NamespaceRules,
  problems: Problem[],
): void {
  releases[0]?.overrides.forEach(({ selector }, i) =>
    attempt(
      problems,
      'EdgeApplication',
      name,
      `spec.overrides[${i}].selector`,
      () => compileSelector(context, selector),
    ),
  );
}

/** For each policy the targets that it takes and no policy before it does. */
function prohibitedClusters(
  policies: readonly Prohibition[],
  { entity }: ApplicationDecision,
  targets: Bitmap,
  had: Bitmap,
): Prohibited[] {
  const result: Prohibited[] = [];
  let rest: Bitmap | undefined;
  for (const { policy, reason, applications, clusters } of policies) {
    if (!matchesApplication(applications, entity)) continue;
    rest ??= targets.clone();
    const taken = clusters
      ? rest.clone().and(clusters)
      : rest.clone().andNot(had);
    if (taken.isEmpty()) continue;
    rest.andNot(taken);
    result.push({ policy, reason, clusters: taken });
  }
  return result;
}
