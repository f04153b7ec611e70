import { Bitmap } from '../bitmap';
import { Baseline, DecideInput, Plan } from '../model';
import { MAX_STEPS } from '../selector/limits';
import { Rules, applicationRules } from './applicationRules';
import { changedByBaseline, changedByRules } from './changedClusters';
import { decide, decideWith, planOf } from './decide';
import { DecidedPlan, decidedPlan, rememberDecided } from './DecidedPlan';
import { createLimits } from './Limits';
import { namespaceClusters } from './namespaceClusters';
import { patchPlacement, patchRules } from './patchRules';
import { Placements, place } from './place';

/** Asking more clusters than this one by one takes longer than asking the whole fleet. */
const MAX_ASKED = 512;
/** Of a large fleet: beyond that a full plan is as good. */
const MAX_SHARE = 0.25;

/**
 * Decides what {@link decide} decides, byte for byte, from the plan before: only what depends on what changed is decided
 * again. Clusters are compared by {@link Snapshot.update}'s numbering, decisions by their content.
 *
 * First the clusters whose facts or whose baseline changed are decided by themselves, because no decision about a cluster
 * depends on another one. Then other decisions make other rules, and the clusters on which these differ are decided.
 *
 * @public
 */
export function decideNext(
  previous: { readonly input: DecideInput; readonly plan: Plan },
  input: DecideInput,
): Plan {
  const before = decidedPlan(previous.plan);
  if (!before || before.plan.snapshot !== previous.input.snapshot)
    return decide(input);
  const facts = withFacts(before, {
    ...input,
    decisions: before.input.decisions,
  });
  return facts ? withDecisions(facts, input).plan : decide(input);
}

/** Other facts or another baseline; `undefined` where that is not decided cluster by cluster. */
function withFacts(
  before: DecidedPlan,
  input: DecideInput,
): DecidedPlan | undefined {
  const { snapshot } = input;
  const changed = snapshot.changedSince(before.input.snapshot);
  const runs =
    changed &&
    changedByBaseline(before.input.baseline, input.baseline, snapshot.size);
  if (!changed || !runs) return undefined;
  const numbers = [...changed.or(runs)];
  if (numbers.length > MAX_ASKED) return undefined;
  if (numbers.length === 0 && snapshot === before.input.snapshot)
    return { ...before, input };
  const part: DecideInput = {
    ...input,
    snapshot: snapshot.part(numbers),
    baseline: partOfBaseline(input.baseline, numbers),
  };
  const asked = applicationRules(part);
  const { effort } = snapshot.facts;
  if (snapshot !== before.input.snapshot)
    effort.steps += part.snapshot.facts.effort.steps;
  if (effort.steps > MAX_STEPS) return undefined;
  const rules = patchRules(before.rules, asked, numbers);
  const placed = place(
    numbers.length,
    asked.applications,
    createLimits(
      part.snapshot.facts.capacities(),
      asked.applications,
      asked.namespaces.rules,
    ),
    name => part.baseline.applications.get(name),
  );
  const { namespaces } = planOf(part, asked, placed.placements, applications =>
    namespaceClusters(part, asked, applications),
  );
  const none = Bitmap.empty(snapshot.size);
  return patched(
    before,
    input,
    rules,
    numbers,
    placed,
    () =>
      new Map(
        Array.from(namespaces, ([name, clusters]) => [
          name,
          (before.plan.namespaces.get(name) ?? none).patched(numbers, clusters),
        ]),
      ),
  );
}

/** Other decisions about the same facts and the same baseline. */
function withDecisions(before: DecidedPlan, input: DecideInput): DecidedPlan {
  const { snapshot, baseline } = input;
  const rules = applicationRules(input, before);
  const changed = changedByRules(before.rules, rules, before.tight);
  if (changed.count() > Math.max(MAX_ASKED, MAX_SHARE * snapshot.size))
    return decideWith(input, rules);
  const numbers = [...changed];
  const namespacesOf = (placements: Plan['applications']) =>
    namespaceClusters(input, rules, placements, before);
  if (numbers.length === 0) {
    const nothing = { placed: changed.pick(numbers), refusals: [] };
    const placements = rules.applications.map(() => nothing);
    const none = { placements, tight: nothing.placed };
    return patched(before, input, rules, numbers, none, namespacesOf);
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
    { distinct, indexes: Int32Array.from(numbers, number => indexes[number]) },
    applications,
    rules.namespaces.rules,
  );
  const runs = new Map<string, Bitmap | undefined>();
  const placed = place(numbers.length, applications, limits, name => {
    if (!runs.has(name))
      runs.set(name, baseline.applications.get(name)?.pick(numbers));
    return runs.get(name);
  });
  return patched(before, input, rules, numbers, placed, namespacesOf);
}

function patched(
  before: DecidedPlan,
  input: DecideInput,
  rules: Rules,
  numbers: readonly number[],
  { placements, tight }: Placements,
  namespacesOf: Parameters<typeof planOf>[3],
): DecidedPlan {
  const plan = planOf(
    input,
    rules,
    rules.applications.map((rule, index) =>
      patchPlacement(
        before.plan.applications.get(rule.name),
        rule,
        numbers,
        placements[index],
      ),
    ),
    namespacesOf,
  );
  return rememberDecided({
    input,
    plan,
    rules,
    tight: before.tight.patched(numbers, tight),
  });
}

function partOfBaseline(
  { applications, namespaces }: Baseline,
  numbers: readonly number[],
): Baseline {
  const pick = (sets: ReadonlyMap<string, Bitmap>) =>
    new Map(Array.from(sets, ([name, set]) => [name, set.pick(numbers)]));
  return {
    applications: pick(applications),
    ...(namespaces && { namespaces: pick(namespaces) }),
  };
}
