import { Bitmap } from '../bitmap';
import { ApplicationPlan, DecideInput, Plan } from '../model';
import { compareProblems } from '../snapshot';
import { byApplication } from './ApplicationRule';
import { Rules, applicationRules } from './applicationRules';
import { DecidedPlan, rememberDecided } from './DecidedPlan';
import { Bounds, createBounds, createLimits } from './Limits';
import { namespaceClusters } from './namespaceClusters';
import { Placement, place } from './place';

/**
 * Decides which application runs on which cluster: target, prohibit, fit and depend, as docs/engine.md says.
 *
 * What cannot be evaluated stops only its own entity: it is reported, and what runs of it stays.
 *
 * @public
 */
export function decide(input: DecideInput): Plan {
  return decideWith(input, applicationRules(input)).plan;
}

/** {@link decide}, from rules that are known. @internal */
export function decideWith(
  input: DecideInput,
  rules: Rules,
  bounds: Bounds = createBounds(rules),
): DecidedPlan {
  const { snapshot, baseline } = input;
  const limits = createLimits(bounds, snapshot.facts.capacities());
  const { placements, tight } = place(
    snapshot.size,
    rules.applications,
    limits,
    name => baseline.applications.get(name),
  );
  const plan = planOf(input, rules, placements, applications =>
    namespaceClusters(input, rules, applications),
  );
  return rememberDecided({ input, plan, rules, bounds, tight });
}

/** The plan that these rules and placements, one for each application, make. @internal */
export function planOf(
  input: DecideInput,
  rules: Rules,
  placements: readonly Placement[],
  namespacesOf: (applications: Plan['applications']) => Plan['namespaces'],
): Plan {
  const { snapshot, decisions } = input;
  const applications = new Map<string, ApplicationPlan>();
  const all = Bitmap.full(snapshot.size);
  for (const [index, own] of byApplication(rules.applications).entries()) {
    const [{ name, namespace, targets }, ...more] = own;
    const pins = rules.pins.get(name)?.map(({ policy, clusters }) => ({
      policy,
      clusters,
    }));
    applications.set(name, {
      name,
      namespace,
      releases: own.flatMap(({ release, rings, within = all }) =>
        release ? [{ release, rings, clusters: within }] : [],
      ),
      ...(pins && { pins }),
      targets: more.reduce(
        (union, rule) => union.or(rule.targets),
        more.length === 0 ? targets : targets.clone(),
      ),
      ...placements[index],
    });
  }
  const namespaces = namespacesOf(applications);
  const namespaceReleases = new Map<string, string>();
  for (const name of rules.namespaces.rules.keys())
    namespaceReleases.set(name, decisions.namespaces.get(name)!.digest);
  const { rollouts } = rules;
  const problems = [...rules.problems].sort(compareProblems);
  return {
    ...{ snapshot, applications, namespaces, namespaceReleases, rollouts },
    problems,
  };
}
