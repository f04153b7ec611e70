import { Bitmap } from '../bitmap';
import { ApplicationPlan, Refusal } from '../model';
import { ApplicationRule } from './ApplicationRule';
import { Placement } from './place';
import { compareRefusals, prohibitRefusal } from './RefusalIndex';

/** What is decided for an application, once the clusters of these numbers are decided anew. @internal */
export function patchPlacement(
  before: ApplicationPlan | undefined,
  rule: ApplicationRule,
  isSameRule: boolean,
  numbers: readonly number[],
  part: Placement,
): Placement {
  if (before && numbers.length === 0 && isSameRule)
    return { placed: before.placed, refusals: before.refusals };
  const { size } = rule.targets;
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
  if (before && isSameRule && refusals === solved)
    return { placed, refusals: before.refusals };
  return {
    placed,
    refusals: [...rule.prohibited.map(prohibitRefusal), ...refusals].sort(
      compareRefusals,
    ),
  };
}

/** Patches refusals; those that come to hold nothing are gone. The very list of before where nothing changes. */
function patchRefusals(
  before: readonly Refusal[],
  part: readonly Refusal[],
  numbers: readonly number[],
  size: number,
): readonly Refusal[] {
  const isSame = (one: Refusal) => (other: Refusal) =>
    one.step === other.step && one.rule === other.rule;
  const none = Bitmap.empty(numbers.length);
  const result: Refusal[] = [];
  let changed = false;
  for (const refusal of before) {
    const found = part.find(isSame(refusal));
    const clusters = refusal.clusters.patched(numbers, found?.clusters ?? none);
    const { reason } = found ?? refusal;
    if (clusters === refusal.clusters && reason === refusal.reason)
      result.push(refusal);
    else {
      changed = true;
      if (!clusters.isEmpty()) result.push({ ...refusal, reason, clusters });
    }
  }
  for (const refusal of part) {
    if (before.some(isSame(refusal))) continue;
    changed = true;
    const clusters = Bitmap.empty(size).patched(numbers, refusal.clusters);
    result.push({ ...refusal, clusters });
  }
  return changed ? result : before;
}
