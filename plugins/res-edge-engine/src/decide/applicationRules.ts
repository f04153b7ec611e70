import { Problem, Selector } from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap, intersectWith, keepIntersection } from '../bitmap';
import { DecideInput, ReleasePin, RolloutRings } from '../model';
import { sharedSelector } from '../selector/compileSelector';
import { compareNames } from '../snapshot';
import { ApplicationRule } from './ApplicationRule';
import { ClusterStates, clusterStates } from './clusterStates';
import { dependencyCircles, NumberedRelease } from './dependencyCircles';
import { MadeRule, makeRule } from './makeRule';
import { NamespaceRules, namespaceTargets } from './namespaceTargets';
import { problemOf } from './problems';
import { Prohibition, matchesApplication, prohibitions } from './prohibitions';
import { overridePins, releasePins } from './releasePins';
import { applicationRings, rolloutProblem, rolloutRings } from './rolloutRings';
import { RuleSource, sameSource } from './RuleSource';
import { WantedRelease, wantedReleases } from './wantedReleases';

/** Steps 0 to 2 for every application, and what step 3 needs. @internal */
export interface Rules {
  /** In order of names, those of one application together. */
  readonly applications: readonly ApplicationRule[];
  readonly made: readonly MadeRule[];
  readonly namespaces: Pick<NamespaceRules, 'rules'>;
  readonly policies: readonly Prohibition[];
  /** By policy; undefined where its rings cannot be found. */
  readonly rollouts: ReadonlyMap<string, RolloutRings | undefined>;
  /** By application, where something is pinned. */
  readonly pins: ReadonlyMap<string, readonly ReleasePin[]>;
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
  const rollouts = rolloutRings(
    namespaces.context,
    decisions,
    problems,
    before?.rollouts,
  );
  const names = [...decisions.applications.keys()].sort(compareNames);
  const numbers = new Map(names.map((name, i) => [name, i]));
  const known = new Map<string, MadeRule[]>();
  for (const item of before?.made ?? []) {
    const same = known.get(item.rule.name);
    if (same) same.push(item);
    else known.set(item.rule.name, [item]);
  }
  // The rules hold numbers of applications, so that these must be the same ones.
  const sameNumbers =
    known.size === names.length && names.every(name => known.has(name));
  const nowhere = Bitmap.empty(snapshot.size);
  const all = Bitmap.full(snapshot.size);
  const overrides = overridePins(namespaces.context, input);
  const pins = new Map<string, readonly ReleasePin[]>();
  const releases = names.flatMap((name, application): NumberedRelease[] => {
    const decision = decisions.applications.get(name)!;
    const rings = applicationRings(decision, rollouts, all);
    const had = known.get(name)?.map(({ source }) => source.wanted);
    const pinned = releasePins(decision, overrides, problems);
    if (pinned.length > 0) pins.set(name, pinned);
    return wantedReleases(decision, rings, had, pinned).map(wanted => ({
      application,
      name,
      wanted,
    }));
  });
  const circleOf = circlesOf(
    releases,
    numbers,
    sameNumbers ? before?.made : undefined,
    decisions,
  );
  const drainingOf = intersectWith(before?.states.draining, states.draining);
  const made = releases.map((numbered): MadeRule => {
    const { name, wanted } = numbered;
    const { release, within } = wanted;
    const decision = decisions.applications.get(name)!;
    const { namespace } = decision.entity.spec;
    const old = ruleBefore(known.get(name) ?? [], wanted);
    const everywhere = baseline.applications.get(name) ?? nowhere;
    const had = within
      ? keepIntersection(old?.source.had, everywhere, within)
      : everywhere;
    const select = (field: string, selector: Selector) => {
      try {
        return sharedSelector(namespaces.context, selector).clusters;
      } catch (error) {
        return problemOf('EdgeApplication', name, field, error);
      }
    };
    const source: RuleSource = {
      decision,
      wanted,
      rolloutProblem: rolloutProblem(decision, decisions.policies, rollouts),
      circle: circleOf(numbered),
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
      : makeRule(numbered, source, numbers, old?.rule);
  });
  problems.push(...distinct(made.flatMap(item => item.problems)));
  const applications = made.map(({ rule }) => rule);
  return {
    ...{ applications, made, namespaces, policies, rollouts, pins, states },
    problems,
  };
}

/** Finds the circle that a release is in; `before` are rules of the same applications. */
function circlesOf(
  releases: readonly NumberedRelease[],
  numbers: ReadonlyMap<string, number>,
  before: readonly MadeRule[] | undefined,
  { applications }: DecideInput['decisions'],
): (release: NumberedRelease) => readonly string[] | undefined {
  const known = new Map(
    releases.map((release, i) => [release, before?.[i]?.source]),
  );
  const isKnown =
    before?.length === releases.length &&
    releases.every(release => {
      const source = known.get(release)!;
      return (
        source.decision === applications.get(release.name) &&
        source.wanted.within === release.wanted.within &&
        source.wanted.release === release.wanted.release
      );
    });
  if (isKnown) return release => known.get(release)!.circle;
  const circles = dependencyCircles(releases, numbers);
  return release => circles.get(release);
}

/** Whether it matters for a rule where its application runs, beside draining clusters. */
function readsBaseline({ rule, source }: MadeRule): boolean {
  return rule.undecided || source.policies.some(({ clusters }) => !clusters);
}

/** The rule that was about the same release; of an application with one, whichever that was. */
function ruleBefore(
  known: readonly MadeRule[],
  { release, within }: WantedRelease,
): MadeRule | undefined {
  if (known.length === 1 && !within) return known[0];
  return known.find(({ rule }) => rule.release?.digest === release?.digest);
}

/** Two releases of one application can have the same problem. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(
    (problem, index) =>
      problems.findIndex(
        other =>
          other.entity === problem.entity &&
          other.field === problem.field &&
          other.message === problem.message,
      ) === index,
  );
}
