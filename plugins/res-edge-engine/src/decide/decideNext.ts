import { Bitmap } from '../bitmap';
import { DecideInput, Plan } from '../model';
import { Rules, applicationRules } from './applicationRules';
import { addChangedByBaseline, changedByRules } from './changedClusters';
import { decide, decideWith, planOf } from './decide';
import { DecidedPlan, decidedPlan, rememberDecided } from './DecidedPlan';
import { createLimits } from './Limits';
import { namespaceClusters } from './namespaceClusters';
import { patchPlacement } from './patchPlacement';
import { Placements, place } from './place';
import { renumberPlan } from './renumberPlan';

/** Deciding fewer clusters by themselves is always worth it. */
const MIN_MANY = 512;
/** Of a large fleet: beyond that a full plan is as good. */
const MAX_SHARE = 0.25;

/**
 * Decides what {@link decide} decides, byte for byte, from the plan before: only what depends on what changed is decided
 * again.
 *
 * The rules of before are taken where all that they are made from is the same. No decision about a cluster depends on
 * another cluster: so those are decided again that are new or other, on which something else runs, or which a rule treats
 * otherwise than before; whatever the reason is.
 *
 * @public
 */
export function decideNext(
  previous: { readonly input: DecideInput; readonly plan: Plan },
  input: DecideInput,
): Plan {
  const { snapshot, baseline } = input;
  const decided = decidedPlan(previous.plan);
  if (!decided) return decide(input);
  const difference = snapshot.differenceFrom(decided.input.snapshot);
  const before = renumberPlan(decided, difference.renumbering);
  const rules = applicationRules(input, before.rules);
  const changed = changedByRules(before.rules, rules, before.tight);
  for (const number of difference.changed) changed.add(number);
  addChangedByBaseline(
    changed,
    before.input.baseline.applications,
    baseline.applications,
  );
  const numbers = [...changed];
  return numbers.length > Math.max(MIN_MANY, MAX_SHARE * snapshot.size)
    ? decideWith(input, rules).plan
    : patchedPlan(before, input, rules, numbers);
}

function patchedPlan(
  before: DecidedPlan,
  input: DecideInput,
  rules: Rules,
  numbers: readonly number[],
): Plan {
  const { placements, tight } = placeSome(input, rules, numbers);
  const plan = planOf(
    input,
    rules,
    rules.applications.map((rule, index) =>
      patchPlacement(
        before.plan.applications.get(rule.name),
        rule,
        rule === before.rules.applications[index],
        numbers,
        placements[index],
      ),
    ),
    applications =>
      namespaceClusters(input, rules, applications, {
        decided: before,
        numbers,
      }),
  );
  rememberDecided({
    input,
    plan,
    rules,
    tight: before.tight.patched(numbers, tight),
  });
  return plan;
}

/** Decides these clusters alone, numbered anew. */
function placeSome(
  { snapshot, baseline }: DecideInput,
  rules: Rules,
  numbers: readonly number[],
): Placements {
  if (numbers.length === 0) {
    const none = Bitmap.empty(0);
    const nowhere = { placed: none, refusals: [] };
    return { placements: rules.applications.map(() => nowhere), tight: none };
  }
  const applications = rules.applications.map(rule => ({
    ...rule,
    targets: rule.targets.pick(numbers),
    pinned: rule.pinned.pick(numbers),
    prohibited: rule.prohibited
      .map(item => ({ ...item, clusters: item.clusters.pick(numbers) }))
      .filter(({ clusters }) => !clusters.isEmpty()),
  }));
  const { distinct, indexes } = snapshot.facts.capacities();
  const limits = createLimits(
    { distinct, indexes: numbers.map(number => indexes.get(number)) },
    applications,
    rules.namespaces.rules,
  );
  const runs = new Map<string, Bitmap | undefined>();
  return place(numbers.length, applications, limits, name => {
    if (!runs.has(name))
      runs.set(name, baseline.applications.get(name)?.pick(numbers));
    return runs.get(name);
  });
}
