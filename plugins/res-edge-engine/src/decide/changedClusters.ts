import { Bitmap } from '../bitmap';
import { Baseline } from '../model';
import { ApplicationRule } from './ApplicationRule';
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
  const old = new Map(before.applications.map(rule => [rule.name, rule]));
  const quotas = changedQuotas(before, after);
  for (const rule of after.applications) {
    const was = old.get(rule.name);
    old.delete(rule.name);
    if (was === rule && !quotas.has(rule.namespace)) continue;
    if (!was) changed.or(rule.targets);
    else if (!sameWeight(was, rule) || quotas.has(rule.namespace))
      changed.or(was.targets).or(rule.targets);
    else {
      changed
        .orDifference(was.targets, rule.targets)
        .orDifference(was.pinned, rule.pinned);
      addProhibited(changed, was, rule);
      if (was.priority !== rule.priority)
        changed.or(rule.targets.clone().and(tight));
    }
  }
  for (const gone of old.values()) changed.or(gone.targets);
  return changed;
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
