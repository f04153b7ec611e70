import { Bitmap } from '../bitmap';
import { ApplicationPlan, Refusal } from '../model';
import { compareNames } from '../snapshot';
import { ApplicationRule, Prohibited } from './ApplicationRule';
import type { Rules } from './applicationRules';
import { Placement } from './place';
import { compareRefusals, prohibitRefusal } from './RefusalIndex';

/** Rules in which the clusters of these numbers are as `part` says, which was made from the same decisions. @internal */
export function patchRules(
  before: Rules,
  part: Rules,
  numbers: readonly number[],
): Rules {
  return {
    applications: before.applications.map((rule, index) =>
      patchRule(rule, part.applications[index], numbers),
    ),
    namespaces: {
      rules: new Map(
        Array.from(before.namespaces.rules, ([name, rule]) => [
          name,
          {
            ...rule,
            matches: rule.matches?.patched(
              numbers,
              part.namespaces.rules.get(name)!.matches!,
            ),
          },
        ]),
      ),
    },
    policies: before.policies.map((policy, i) => ({
      ...policy,
      clusters: policy.clusters?.patched(numbers, part.policies[i].clusters!),
    })),
    states: {
      retired: before.states.retired.patched(numbers, part.states.retired),
      draining: before.states.draining.patched(numbers, part.states.draining),
      open: before.states.open.patched(numbers, part.states.open),
    },
    // They are about decisions, not about clusters.
    problems: before.problems,
  };
}

function patchRule(
  rule: ApplicationRule,
  part: ApplicationRule,
  numbers: readonly number[],
): ApplicationRule {
  const targets = rule.targets.patched(numbers, part.targets);
  const pinned = rule.pinned.patched(numbers, part.pinned);
  const prohibited = patchSets(
    rule.prohibited,
    part.prohibited,
    numbers,
    targets.size,
    (a, b) => a.policy === b.policy,
  );
  if (
    targets === rule.targets &&
    pinned === rule.pinned &&
    prohibited === rule.prohibited
  )
    return rule;
  return {
    ...rule,
    targets,
    pinned,
    prohibited: [...prohibited].sort((a, b) =>
      compareNames(a.policy, b.policy),
    ),
  };
}

/** What is decided for an application, once the clusters of these numbers are decided anew. @internal */
export function patchPlacement(
  before: ApplicationPlan | undefined,
  rule: ApplicationRule,
  numbers: readonly number[],
  part: Placement,
): Placement {
  if (before && numbers.length === 0 && before.targets === rule.targets)
    return { placed: before.placed, refusals: before.refusals };
  const { size } = rule.targets;
  const bySolver = ({ step }: Refusal) => step !== 'prohibit';
  const refusals = patchSets(
    before?.refusals.filter(bySolver) ?? [],
    part.refusals.filter(bySolver),
    numbers,
    size,
    (a, b) => a.step === b.step && a.rule === b.rule,
  );
  return {
    placed: (before?.placed ?? Bitmap.empty(size)).patched(
      numbers,
      part.placed,
    ),
    refusals: [...rule.prohibited.map(prohibitRefusal), ...refusals].sort(
      compareRefusals,
    ),
  };
}

/** Patches named sets; those that come to hold nothing are gone. The very list of before where nothing changes. */
function patchSets<T extends Prohibited | Refusal>(
  before: readonly T[],
  part: readonly T[],
  numbers: readonly number[],
  size: number,
  isSame: (a: T, b: T) => boolean,
): readonly T[] {
  const none = Bitmap.empty(numbers.length);
  const result: T[] = [];
  let changed = false;
  for (const item of before) {
    const found = part.find(other => isSame(item, other));
    const clusters = item.clusters.patched(numbers, found?.clusters ?? none);
    const { reason } = found ?? item;
    if (clusters === item.clusters && reason === item.reason) result.push(item);
    else {
      changed = true;
      if (!clusters.isEmpty()) result.push({ ...item, reason, clusters });
    }
  }
  for (const item of part) {
    if (before.some(other => isSame(item, other))) continue;
    changed = true;
    const clusters = Bitmap.empty(size).patched(numbers, item.clusters);
    result.push({ ...item, clusters });
  }
  return changed ? result : before;
}
