import { Bitmap } from '../bitmap';
import { ApplicationPlan, DecideInput, Plan } from '../model';
import { compareNames } from '../snapshot';
import { Rules, applicationRules } from './applicationRules';
import { createLimits } from './Limits';
import { place } from './place';

/**
 * Decides which application runs on which cluster: target, prohibit, fit and depend, as docs/engine.md says.
 *
 * What cannot be evaluated stops only its own entity: it is reported, and what runs of it stays.
 *
 * @public
 */
export function decide(input: DecideInput): Plan {
  return decideWith(input, applicationRules(input));
}

/** {@link decide}, from rules that are known. @internal */
export function decideWith(input: DecideInput, rules: Rules): Plan {
  const { snapshot, decisions, baseline } = input;
  const limits = createLimits(
    snapshot,
    rules.applications,
    rules.namespaces.rules,
  );
  const placements = place(snapshot.size, rules.applications, limits, name =>
    baseline.applications.get(name),
  );
  const applications = new Map<string, ApplicationPlan>();
  for (const {
    index,
    name,
    namespace,
    release,
    targets,
  } of rules.applications) {
    applications.set(name, {
      name,
      namespace,
      version: release?.version ?? '',
      release: release?.digest ?? '',
      targets,
      ...placements[index],
    });
  }
  const namespaces = new Map<string, Bitmap>();
  const namespaceReleases = new Map<string, string>();
  for (const [name, { matches }] of rules.namespaces.rules) {
    const clusters =
      matches?.clone().andNot(rules.states.retired) ??
      Bitmap.empty(snapshot.size);
    namespaces.set(name, clusters);
    namespaceReleases.set(name, decisions.namespaces.get(name)!.digest);
  }
  // An application that stays although its namespace matches no more, or cannot say what it matches, keeps it there.
  for (const { namespace, placed } of applications.values())
    namespaces.get(namespace)?.or(placed);
  const problems = [...rules.problems].sort(
    (a, b) =>
      compareNames(a.entity, b.entity) ||
      compareNames(a.field, b.field) ||
      compareNames(a.message, b.message),
  );
  return { snapshot, applications, namespaces, namespaceReleases, problems };
}
