import { Bitmap } from '../bitmap';
import { DecideInput, Plan } from '../model';
import { byApplication } from './ApplicationRule';
import { applicationRules } from './applicationRules';
import { addChangedByBaseline, changedByRules } from './changedClusters';
import { decide, decideWith, planOf } from './decide';
import { DecidedPlan, decidedPlan, rememberDecided } from './DecidedPlan';
import { createBounds, createLimits, sameBounds } from './Limits';
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
  const bounds = sameBounds(before.rules, rules)
    ? before.bounds
    : createBounds(rules);
  const changed = changedByRules(before.rules, rules, before.tight);
  for (const number of difference.changed) changed.add(number);
  addChangedByBaseline(
    changed,
    before.input.baseline.applications,
    baseline.applications,
  );
  return changed.count() > Math.max(MIN_MANY, MAX_SHARE * snapshot.size)
    ? decideWith(input, rules, bounds).plan
    : patchedPlan(before, { input, rules, bounds }, changed);
}

/** What a plan is decided from. */
type Basis = Pick<DecidedPlan, 'input' | 'rules' | 'bounds'>;

function patchedPlan(before: DecidedPlan, basis: Basis, changed: Bitmap): Plan {
  const { input, rules } = basis;
  const numbers = [...changed];
  const { placements, tight } = placeSome(basis, numbers);
  const known = new Set(before.rules.applications);
  const plan = planOf(
    input,
    rules,
    byApplication(rules.applications).map((own, index) =>
      patchPlacement(
        before.plan.applications.get(own[0].name),
        own,
        own.every(rule => known.has(rule)),
        numbers,
        placements[index],
      ),
    ),
    applications =>
      namespaceClusters(input, rules, applications, {
        decided: before,
        numbers,
        changed,
      }),
  );
  rememberDecided({
    ...basis,
    plan,
    tight: before.tight.patched(numbers, tight),
  });
  return plan;
}

/** Decides these clusters alone, numbered anew. */
function placeSome(
  { input: { snapshot, baseline }, rules, bounds }: Basis,
  numbers: readonly number[],
): Placements {
  if (numbers.length === 0) {
    const none = Bitmap.empty(0);
    const nowhere = { placed: none, refusals: [] };
    const placements = byApplication(rules.applications).map(() => nowhere);
    return { placements, tight: none };
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
  const limits = createLimits(bounds, {
    distinct,
    indexes: numbers.map(number => indexes.get(number)),
  });
  const runs = new Map<string, Bitmap | undefined>();
  return place(numbers.length, applications, limits, name => {
    if (!runs.has(name))
      runs.set(name, baseline.applications.get(name)?.pick(numbers));
    return runs.get(name);
  });
}
