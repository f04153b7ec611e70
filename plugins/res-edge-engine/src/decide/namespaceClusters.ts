import { Bitmap } from '../bitmap';
import { ApplicationPlan, DecideInput, Plan } from '../model';
import { compareNames } from '../snapshot';
import type { Rules } from './applicationRules';
import type { DecidedPlan } from './DecidedPlan';
import { sameSet } from './same';

/**
 * Where each namespace is delivered.
 *
 * One whose selector cannot be evaluated stays where it is, and so does one that is gone as long as an application
 * names it. A draining cluster keeps what it has and gets nothing new. An application that stays although its namespace
 * matches no more keeps it there.
 *
 * @param before - another plan for clusters of the same numbers: what did not change is taken from there
 * @internal
 */
export function namespaceClusters(
  { snapshot, baseline }: Pick<DecideInput, 'snapshot' | 'baseline'>,
  { namespaces, states }: Rules,
  applications: ReadonlyMap<string, ApplicationPlan>,
  before?: DecidedPlan,
): Map<string, Bitmap> {
  const result = new Map<string, Bitmap>();
  const touched = before && touchedNamespaces(before.plan, applications);
  const known = new Set<string>();
  const stays = (name: string) =>
    baseline.namespaces?.get(name)?.clone().andNot(states.retired) ??
    Bitmap.empty(snapshot.size);
  const isSame = (name: string) =>
    before?.rules.namespaces.rules.get(name) === namespaces.rules.get(name) &&
    before?.rules.states.retired === states.retired &&
    before?.rules.states.draining === states.draining &&
    !before.input.baseline.namespaces === !baseline.namespaces &&
    sameSet(
      before.input.baseline.namespaces?.get(name),
      baseline.namespaces?.get(name),
    );
  for (const [name, rule] of namespaces.rules) {
    const { matches, open } = rule;
    const was = isSame(name) ? before?.plan.namespaces.get(name) : undefined;
    if (was && !touched?.has(name)) {
      known.add(name);
      result.set(name, was);
    } else if (!matches || !open) result.set(name, stays(name));
    else if (!baseline.namespaces)
      result.set(name, matches.clone().andNot(states.retired));
    else {
      const clusters = open.clone();
      const kept = baseline.namespaces.get(name)?.clone().and(states.draining);
      result.set(name, kept ? clusters.or(kept) : clusters);
    }
  }
  const gone = [...applications.values()]
    .map(({ namespace }) => namespace)
    .filter(name => !result.has(name) && baseline.namespaces?.has(name));
  for (const name of gone.sort(compareNames)) result.set(name, stays(name));
  for (const { namespace, placed } of applications.values())
    if (!known.has(namespace)) result.get(namespace)?.or(placed);
  return result;
}

/** Namespaces of which an application is placed elsewhere than before. */
function touchedNamespaces(
  before: Plan,
  applications: ReadonlyMap<string, ApplicationPlan>,
): ReadonlySet<string> {
  const touched = new Set<string>();
  for (const name of [...before.applications.keys(), ...applications.keys()]) {
    const was = before.applications.get(name);
    const is = applications.get(name);
    if (was?.placed === is?.placed && was?.namespace === is?.namespace)
      continue;
    if (was) touched.add(was.namespace);
    if (is) touched.add(is.namespace);
  }
  return touched;
}
