import { Bitmap } from '../bitmap';
import { ApplicationPlan, Refusal } from '../model';
import { ApplicationRule } from './ApplicationRule';
import { Placement } from './place';
import {
  compareRefusals,
  isSameRefusal,
  prohibitRefusal,
} from './RefusalIndex';

/** What is decided for an application, once the clusters of these numbers are decided anew. @internal */
export function patchPlacement(
  before: ApplicationPlan | undefined,
  rules: readonly ApplicationRule[],
  areSameRules: boolean,
  numbers: readonly number[],
  part: Placement,
): Placement {
  if (before && numbers.length === 0 && areSameRules)
    return { placed: before.placed, refusals: before.refusals };
  const [{ targets }] = rules;
  const { size } = targets;
  const placed = (before?.placed ?? Bitmap.empty(size)).patched(
    numbers,
    part.placed,
  );
  const bySolver = ({ step }: Refusal) => step !== 'prohibit';
  const solved = before?.refusals.filter(bySolver) ?? [];
  const refusals = patchRefusals(
    solved,
    part.refusals.filter(bySolver),
    numbers,
    size,
  );
  if (before && areSameRules && refusals === solved)
    return { placed, refusals: before.refusals };
  return {
    placed,
    refusals: [...prohibited(rules), ...refusals].sort(compareRefusals),
  };
}

function prohibited(rules: readonly ApplicationRule[]): readonly Refusal[] {
  if (rules.length === 1) return rules[0].prohibited.map(prohibitRefusal);
  const result: Refusal[] = [];
  for (const refusal of rules.flatMap(rule => rule.prohibited)) {
    const { clusters, ...rest } = prohibitRefusal(refusal);
    const known = result.find(isSameRefusal(rest));
    if (known) known.clusters.or(clusters);
    else result.push({ ...rest, clusters: clusters.clone() });
  }
  return result;
}

/** Patches refusals; those that come to hold nothing are gone. The very list of before where nothing changes. */
function patchRefusals(
  before: readonly Refusal[],
  part: readonly Refusal[],
  numbers: readonly number[],
  size: number,
): readonly Refusal[] {
  const none = Bitmap.empty(numbers.length);
  const result: Refusal[] = [];
  let changed = false;
  for (const refusal of before) {
    const found = part.find(isSameRefusal(refusal));
    const clusters = refusal.clusters.patched(numbers, found?.clusters ?? none);
    if (clusters === refusal.clusters) result.push(refusal);
    else {
      changed = true;
      if (!clusters.isEmpty()) result.push({ ...refusal, clusters });
    }
  }
  for (const refusal of part) {
    if (before.some(isSameRefusal(refusal))) continue;
    changed = true;
    const clusters = Bitmap.empty(size).patched(numbers, refusal.clusters);
    result.push({ ...refusal, clusters });
  }
  return changed ? result : before;
}
