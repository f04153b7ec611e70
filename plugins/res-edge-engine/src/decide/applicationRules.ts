import { Problem, Selector } from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap, intersectWith, keepEqual, keepUnion } from '../bitmap';
import { DecideInput } from '../model';
import { sharedSelector } from '../selector/compileSelector';
import { compareNames, edgeReference } from '../snapshot';
import { ApplicationRule, Prohibited } from './ApplicationRule';
import { ClusterStates, clusterStates } from './clusterStates';
import { dependencyCircles } from './dependencyCircles';
import {
  NamespaceRules,
  namespaceTargets,
  parseQuantities,
} from './namespaceTargets';
import { attempt, problemOf } from './problems';
import { Prohibition, matchesApplication, prohibitions } from './prohibitions';
import { RuleSource, sameSource } from './RuleSource';

/** The rule of an application, and what led to it. @internal */
export interface MadeRule {
  readonly rule: ApplicationRule;
  readonly source: RuleSource;
  readonly problems: readonly Problem[];
}

/** Steps 0 to 2 for every application, and what step 3 needs. @internal */
export interface Rules {
  /** In order of their names. */
  readonly applications: readonly ApplicationRule[];
  readonly made: readonly MadeRule[];
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
 * @param before - rules of another time: those that are made from the same are taken from there, and so are sets that
 * come to hold the same
 * @internal
 */
export function applicationRules(
  input: DecideInput,
  before?: Rules,
): EvaluatedRules {
  const { snapshot, decisions, baseline } = input;
  const problems: Problem[] = [];
  const states = clusterStates(snapshot, before?.states);
  const namespaces = namespaceTargets(
    snapshot,
    decisions,
    problems,
    states,
    before,
  );
  const policies = prohibitions(
    namespaces.context,
    decisions,
    problems,
    before?.policies,
  );
  const names = [...decisions.applications.keys()].sort(compareNames);
  const numbers = new Map(names.map((name, i) => [name, i]));
  const known = new Map(before?.made.map(made => [made.rule.name, made]));
  // The rules hold numbers of applications, so that these must be the same ones.
  const sameNumbers =
    known.size === names.length && names.every(name => known.has(name));
  const circleOf = circlesOf(decisions, names, sameNumbers ? known : undefined);
  const nowhere = Bitmap.empty(snapshot.size);
  const drainingOf = intersectWith(before?.states.draining, states.draining);
  const made = names.map((name, index): MadeRule => {
    const decision = decisions.applications.get(name)!;
    const [release] = decision.releases;
    const { namespace } = decision.entity.spec;
    const old = known.get(name);
    const had = baseline.applications.get(name) ?? nowhere;
    const select = (field: string, selector: Selector) => {
      try {
        return sharedSelector(namespaces.context, selector).clusters;
      } catch (error) {
        return problemOf('EdgeApplication', name, field, error);
      }
    };
    const source: RuleSource = {
      decision,
      circle: circleOf(name),
      namespace:
        namespace === undefined ? undefined : namespaces.rules.get(namespace),
      requirements: (release?.requires ?? []).map((requirement, i) =>
        select(`spec.requires[${i}]`, requirement),
      ),
      // They decide not where it runs, but what of it: where one cannot be evaluated, what is delivered stays everywhere.
      overrideProblems: (release?.overrides ?? [])
        .map(({ selector }, i) =>
          select(`spec.overrides[${i}].selector`, selector),
        )
        .filter((found): found is Problem => !(found instanceof Bitmap)),
      had,
      draining: drainingOf(old?.source.draining, had, old?.source.had === had),
      policies: policies.filter(({ applications }) =>
        matchesApplication(applications, decision.entity),
      ),
      states,
    };
    const isSame =
      old &&
      sameNumbers &&
      sameSource(old.source, source) &&
      (!readsBaseline(old) || old.source.had.equals(had));
    return isSame
      ? { ...old, source }
      : makeRule(name, index, source, numbers, old?.rule);
  });
  for (const item of made) problems.push(...item.problems);
  const applications = made.map(({ rule }) => rule);
  return { applications, made, namespaces, policies, states, problems };
}

/** Finds the circle that an application is in; `before` are the rules of the same applications. */
function circlesOf(
  decisions: DecideInput['decisions'],
  names: readonly string[],
  before: ReadonlyMap<string, MadeRule> | undefined,
): (name: string) => readonly string[] | undefined {
  const isKnown =
    before &&
    names.every(
      name =>
        before.get(name)!.source.decision === decisions.applications.get(name),
    );
  if (isKnown) return name => before.get(name)!.source.circle;
  const circles = dependencyCircles(decisions, names);
  return name => circles.get(name);
}

/** Whether it matters for a rule where its application runs, beside draining clusters. */
function readsBaseline({ rule, source }: MadeRule): boolean {
  return rule.undecided || source.policies.some(({ clusters }) => !clusters);
}

function makeRule(
  name: string,
  index: number,
  source: RuleSource,
  numbers: ReadonlyMap<string, number>,
  before: ApplicationRule | undefined,
): MadeRule {
  const { decision, circle, states } = source;
  const { spec } = decision.entity;
  const [release] = decision.releases;
  const problems: Problem[] = [...source.overrideProblems];
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
  const wanted = wantedClusters(source, report, problems);
  const undecided = !complete || !requests || dependsOn.includes(-1) || !wanted;
  const pinned = undecided
    ? keepEqual(before?.pinned, source.had.clone().andNot(states.retired))
    : source.draining;
  const targets =
    undecided || pinned.isEmpty()
      ? keepEqual(before?.targets, undecided ? pinned : wanted)
      : keepUnion(before?.targets, wanted, pinned);
  return {
    source,
    problems,
    rule: {
      index,
      name,
      namespace: spec.namespace ?? '',
      decision,
      release,
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

/** Open clusters of the namespace that meet all needs; `undefined` where one of the rules cannot be evaluated. */
function wantedClusters(
  { decision, namespace: rule, requirements, states }: RuleSource,
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
  let wanted = rule.open;
  if (!rule.open || !rule.quota) {
    report(
      'spec.namespace',
      `Namespace '${namespace}' has a problem in its ${
        rule.open ? 'quota' : 'selector'
      }; what runs stays`,
    );
    wanted = undefined;
  }
  for (const met of requirements) {
    if (met instanceof Bitmap) wanted = wanted?.clone().and(met);
    else {
      problems.push(met);
      wanted = undefined;
    }
  }
  return wanted;
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
