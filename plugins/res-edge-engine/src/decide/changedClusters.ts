import { Bitmap } from '../bitmap';
import { Baseline } from '../model';
import { ApplicationRule } from './ApplicationRule';
import type { Rules } from './applicationRules';
import { sameAmounts } from './reusableRules';

/** Clusters on which something else runs; `undefined` where only one of the two knows where namespaces are. @internal */
export function changedByBaseline(
  before: Baseline,
  after: Baseline,
  size: number,
): Bitmap | undefined {
  if (!before.namespaces !== !after.namespaces) return undefined;
  const changed = Bitmap.empty(size);
  const none = Bitmap.empty(size);
  const compare = (
    old: Baseline['applications'] = new Map(),
    now: Baseline['applications'] = new Map(),
  ) => {
    for (const name of new Set([...old.keys(), ...now.keys()]))
      changed.orDifference(old.get(name) ?? none, now.get(name) ?? none);
  };
  compare(before.applications, after.applications);
  compare(before.namespaces, after.namespaces);
  return changed;
}

/**
 * Clusters on which other rules can decide otherwise, beside what stands in the rules themselves: where a set differs,
 * and where something weighs or is bound otherwise.
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
        .orDifference(was.pinned, rule.pinned)
        .orDifference(prohibitedOf(was), prohibitedOf(rule));
      if (was.priority !== rule.priority)
        changed.or(rule.targets.clone().and(tight));
    }
  }
  for (const gone of old.values()) changed.or(gone.targets);
  return changed;
}

function changedQuotas(before: Rules, after: Rules): ReadonlySet<string> {
  const [old, now] = [before.namespaces.rules, after.namespaces.rules];
  return new Set(
    [...old.keys(), ...now.keys()].filter(
      name => !sameAmounts(old.get(name)?.quota, now.get(name)?.quota),
    ),
  );
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

function prohibitedOf({ targets, prohibited }: ApplicationRule): Bitmap {
  const all = Bitmap.empty(targets.size);
  for (const { clusters } of prohibited) all.or(clusters);
  return all;
}
