import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../bitmap';
import { DecideInput } from '../model';
import { edgeReference } from '../snapshot';
import { ApplicationRule } from './ApplicationRule';
import type { Rules } from './applicationRules';
import { dependencyCircles } from './dependencyCircles';
import { NamespaceRule, NamespaceRules } from './namespaceTargets';
import { Prohibition, matchesApplication } from './prohibitions';

/** Rules as they were, and what they were made from. @internal */
export interface RulesBefore {
  readonly input: DecideInput;
  readonly rules: Rules;
}

interface RulesNow {
  readonly input: DecideInput;
  readonly names: readonly string[];
  readonly circles: ReadonlyMap<string, readonly string[]>;
  readonly namespaces: Rules['namespaces'];
  readonly policies: readonly Prohibition[];
}

/**
 * Finds the rules that still hold: all that an application's rule is made of is what it was.
 *
 * @returns the rule of the application of this number with its problems, or `undefined` where it must be made anew
 * @internal
 */
export function reusableRules(
  before: RulesBefore,
  now: RulesNow,
): (
  index: number,
) => { rule: ApplicationRule; problems: readonly Problem[] } | undefined {
  const { applications, namespaces, policies, problems } = before.rules;
  // The rules hold numbers of applications, so that these must be the same ones.
  if (
    applications.length !== now.names.length ||
    applications.some(({ name }, i) => name !== now.names[i])
  )
    return () => undefined;
  const circles = dependencyCircles(before.input.decisions, now.names);
  const [old, fresh] = [namespaces.rules, now.namespaces.rules];
  const changed = new Set(
    [...old.keys(), ...fresh.keys()].filter(
      name => old.get(name) !== fresh.get(name),
    ),
  );
  const samePolicies = (rule: ApplicationRule) => {
    const { entity } = rule.decision;
    const concerns = (policy: Prohibition) =>
      matchesApplication(policy.applications, entity);
    const was = policies.filter(concerns);
    const is = now.policies.filter(concerns);
    return (
      was.length === is.length &&
      was.every((policy, i) => samePolicy(policy, is[i]))
    );
  };
  return index => {
    const rule = applications[index];
    const { name, namespace } = rule;
    const decision = now.input.decisions.applications.get(name)!;
    const { requires = [], overrides = [] } = rule.release ?? {};
    const readsNamespaces = [
      ...requires,
      ...overrides.map(({ selector }) => selector),
    ].some(text => typeof text === 'string' && text.includes('/'));
    if (
      !sameContent(rule.decision, decision) ||
      changed.has(namespace) ||
      (readsNamespaces && changed.size > 0) ||
      circles.get(name)?.join() !== now.circles.get(name)?.join() ||
      !samePolicies(rule)
    )
      return undefined;
    const entity = edgeReference('EdgeApplication', name);
    return {
      rule,
      problems: problems.filter(problem => problem.entity === entity),
    };
  };
}

/** The rules of namespaces, with the very objects of before where they say the same. @internal */
export function keepSame(
  namespaces: NamespaceRules,
  before: ReadonlyMap<string, NamespaceRule> | undefined,
): NamespaceRules {
  if (!before) return namespaces;
  const rules = new Map(
    Array.from(namespaces.rules, ([name, rule]) => {
      const old = before.get(name);
      return [name, old && sameNamespace(old, rule) ? old : rule];
    }),
  );
  return { ...namespaces, rules };
}

/** Decisions are read from files, so that equal ones may be other objects. @internal */
export function sameContent(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

function sameNamespace(one: NamespaceRule, other: NamespaceRule): boolean {
  return (
    sameSet(one.matches, other.matches) && sameAmounts(one.quota, other.quota)
  );
}

/** @internal */
export function sameAmounts(
  one: ReadonlyMap<string, bigint> | undefined,
  other: ReadonlyMap<string, bigint> | undefined,
): boolean {
  if (!one || !other) return one === other;
  return (
    one.size === other.size &&
    [...one].every(([resource, amount]) => other.get(resource) === amount)
  );
}

function samePolicy(one: Prohibition, other: Prohibition): boolean {
  return (
    one.policy === other.policy &&
    one.reason === other.reason &&
    sameSet(one.clusters, other.clusters)
  );
}

function sameSet(one: Bitmap | undefined, other: Bitmap | undefined): boolean {
  return one && other ? one.equals(other) : one === other;
}
