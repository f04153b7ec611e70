import { Bitmap } from '../bitmap';
import { Baseline } from '../model';
import { ApplicationRule, byApplication } from './ApplicationRule';
import type { Rules } from './applicationRules';
import { changedQuotas } from './Limits';
import { sameAmounts } from './same';

/** Adds the clusters on which other applications run. @internal */
export function addChangedByBaseline(
  changed: Bitmap,
  before: Baseline['applications'],
  after: Baseline['applications'],
): void {
  if (before === after) return;
  const none = Bitmap.empty(changed.size);
  for (const name of new Set([...before.keys(), ...after.keys()]))
    changed.orDifference(before.get(name) ?? none, after.get(name) ?? none);
}

/**
 * Clusters on which other rules can decide otherwise: where a set differs, and where something weighs or is bound otherwise.
 *
 * @param tight - clusters on which not all fits, by the rules before
 * @internal
 */
export function changedByRules(
  before: Rules,
  after: Rules,
  tight: Bitmap,
): Bitmap {
  const changed = Bitmap.empty(tight.size);
  const old = new Map(
    byApplication(before.applications).map(rules => [rules[0].name, rules]),
  );
  const quotas = changedQuotas(before, after);
  for (const rules of byApplication(after.applications)) {
    const [{ name, namespace, priority }] = rules;
    const were = old.get(name) ?? [];
    old.delete(name);
    const sameQuota = !quotas.has(namespace);
    const same =
      sameQuota &&
      were.length === rules.length &&
      rules.every((rule, i) => rule === were[i]);
    if (same) continue;
    addTreatedOtherwise(changed, were, rules, sameQuota);
    if (were.some(was => was.priority !== priority)) {
      for (const { targets } of rules) changed.or(targets.clone().and(tight));
    }
  }
  for (const gone of old.values())
    for (const { targets } of gone) changed.or(targets);
  return changed;
}

/** Adds the targets of either, without those that are targets of both by rules that treat them alike. */
function addTreatedOtherwise(
  changed: Bitmap,
  were: readonly ApplicationRule[],
  rules: readonly ApplicationRule[],
  sameQuota: boolean,
): void {
  if (sameQuota && were.length === 1 && rules.length === 1) {
    const [[was], [rule]] = [were, rules];
    if (sameWeight(was, rule)) {
      changed.orDifference(was.targets, rule.targets);
      addOtherSteps(changed, was, rule);
      return;
    }
  }
  const otherwise = Bitmap.empty(changed.size);
  for (const { targets } of [...were, ...rules]) otherwise.or(targets);
  for (const was of sameQuota ? were : []) {
    for (const rule of rules) {
      if (!sameWeight(was, rule)) continue;
      const steps = Bitmap.empty(changed.size);
      addOtherSteps(steps, was, rule);
      const alike = was.targets.clone().and(rule.targets).andNot(steps);
      otherwise.andNot(alike);
    }
  }
  changed.or(otherwise);
}

/** Adds what stays, or is prohibited, by one of the two alone. */
function addOtherSteps(
  changed: Bitmap,
  was: ApplicationRule,
  rule: ApplicationRule,
): void {
  changed.orDifference(was.pinned, rule.pinned);
  addProhibited(changed, was, rule);
}

/** Whether step 3 treats the two alike where they are wanted alike; what is said of a refusal is then the same too. */
function sameWeight(one: ApplicationRule, other: ApplicationRule): boolean {
  const needs = (rule: ApplicationRule) =>
    rule.dependsOn.map((number, i) => [number < 0, rule.release?.dependsOn[i]]);
  return (
    one.namespace === other.namespace &&
    sameAmounts(one.requests, other.requests) &&
    JSON.stringify(needs(one)) === JSON.stringify(needs(other))
  );
}

function addProhibited(
  changed: Bitmap,
  before: ApplicationRule,
  after: ApplicationRule,
): void {
  const union = ({ targets, prohibited }: ApplicationRule) => {
    const all = Bitmap.empty(targets.size);
    for (const { clusters } of prohibited) all.or(clusters);
    return all;
  };
  const isSame =
    before.prohibited.length === after.prohibited.length &&
    before.prohibited.every(
      ({ clusters }, i) => clusters === after.prohibited[i].clusters,
    );
  if (!isSame) changed.orDifference(union(before), union(after));
}
