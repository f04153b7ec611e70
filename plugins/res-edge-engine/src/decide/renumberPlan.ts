import { Bitmap } from '../bitmap';
import { Renumbering } from '../bitmap/Renumbering';
import { Baseline } from '../model';
import { ApplicationRule } from './ApplicationRule';
import type { Rules } from './applicationRules';
import type { MadeRule } from './makeRule';
import { DecidedPlan } from './DecidedPlan';
import { NamespaceRule } from './namespaceTargets';
import { Prohibition } from './prohibitions';

/**
 * A plan by the numbers that clusters have once others came and went: those that came are in no set yet.
 *
 * @internal
 */
export function renumberPlan(
  decided: DecidedPlan,
  renumbering: Renumbering,
): DecidedPlan {
  if (renumbering.isNone) return decided;
  const { input, plan, rules, tight } = decided;
  return {
    ...decided,
    input: {
      ...input,
      baseline: renumberBaseline(input.baseline, renumbering),
    },
    plan: {
      ...plan,
      namespaces: renumbering.map(plan.namespaces),
      applications: new Map(
        Array.from(plan.applications, ([name, item]) => [
          name,
          {
            ...item,
            releases: item.releases.map(planned => ({
              ...planned,
              clusters: renumbering.set(planned.clusters),
            })),
            targets: renumbering.set(item.targets),
            placed: renumbering.set(item.placed),
            refusals: stillHeld(item.refusals, renumbering),
          },
        ]),
      ),
    },
    rules: renumberRules(rules, renumbering),
    tight: renumbering.set(tight),
  };
}

function renumberBaseline(
  { applications, namespaces }: Baseline,
  renumbering: Renumbering,
): Baseline {
  return {
    applications: renumbering.map(applications),
    ...(namespaces && { namespaces: renumbering.map(namespaces) }),
  };
}

function renumberRules(rules: Rules, renumbering: Renumbering): Rules {
  const moved = (set: Bitmap | undefined) => set && renumbering.set(set);
  const namespaces = new Map(
    Array.from(rules.namespaces.rules.values(), rule => [
      rule,
      { ...rule, matches: moved(rule.matches), open: moved(rule.open) },
    ]),
  );
  const policies = new Map(
    rules.policies.map(policy => [
      policy,
      { ...policy, clusters: moved(policy.clusters) },
    ]),
  );
  const states = {
    retired: renumbering.set(rules.states.retired),
    draining: renumbering.set(rules.states.draining),
    open: renumbering.set(rules.states.open),
  };
  const made = rules.made.map(
    ({ rule, source, problems }): MadeRule => ({
      problems,
      rule: renumberRule(rule, renumbering),
      source: {
        ...source,
        wanted: within(source.wanted, renumbering),
        namespace: source.namespace && namespaces.get(source.namespace),
        requirements: source.requirements.map(met =>
          met instanceof Bitmap ? renumbering.set(met) : met,
        ),
        had: renumbering.set(source.had),
        draining: renumbering.set(source.draining),
        policies: source.policies.map(policy => policies.get(policy)!),
        states,
      },
    }),
  );
  return {
    made,
    applications: made.map(({ rule }) => rule),
    namespaces: {
      rules: new Map<string, NamespaceRule>(
        Array.from(namespaces.values(), rule => [rule.name, rule]),
      ),
    },
    policies: [...policies.values()] as Prohibition[],
    rollouts: new Map(
      Array.from(rules.rollouts, ([name, rollout]) => [
        name,
        rollout && {
          rings: rollout.rings.map(ring => ({
            ...ring,
            clusters: renumbering.set(ring.clusters),
          })),
          unselected: renumbering.set(rollout.unselected),
        },
      ]),
    ),
    pins: new Map(
      Array.from(rules.pins, ([name, pins]) => [
        name,
        stillHeld(pins, renumbering),
      ]),
    ),
    states,
    problems: rules.problems,
  };
}

function renumberRule(
  rule: ApplicationRule,
  renumbering: Renumbering,
): ApplicationRule {
  return {
    ...within(rule, renumbering),
    targets: renumbering.set(rule.targets),
    pinned: renumbering.set(rule.pinned),
    prohibited: stillHeld(rule.prohibited, renumbering),
  };
}

function within<T extends { readonly within?: Bitmap }>(
  item: T,
  renumbering: Renumbering,
): T {
  return item.within ? { ...item, within: renumbering.set(item.within) } : item;
}

/** Named sets without those of which no cluster is left. */
function stillHeld<T extends { readonly clusters: Bitmap }>(
  items: readonly T[],
  renumbering: Renumbering,
): readonly T[] {
  return items
    .map(item => ({ ...item, clusters: renumbering.set(item.clusters) }))
    .filter(({ clusters }) => !clusters.isEmpty());
}
