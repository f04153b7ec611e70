import { Bitmap } from '../bitmap';
import { ApplicationPlan, DecideInput, Plan } from '../model';
import { compareNames } from '../snapshot';
import type { Rules } from './applicationRules';
import type { DecidedPlan } from './DecidedPlan';
import { sameSet } from './same';

/** Another plan for clusters of the same numbers. @internal */
export interface PlanBefore {
  readonly decided: DecidedPlan;
  /** The clusters that were decided again: on all others the same applications are placed. */
  readonly numbers: readonly number[];
}

const whole = (set: Bitmap) => set;

/**
 * Where each namespace is delivered.
 *
 * One whose selector cannot be evaluated stays where it is, and so does one that is gone as long as an application
 * names it. A draining cluster keeps what it has and gets nothing new. An application that stays although its namespace
 * matches no more keeps it there.
 *
 * @param before - what did not change is taken from there
 * @internal
 */
export function namespaceClusters(
  input: Pick<DecideInput, 'snapshot' | 'baseline'>,
  rules: Rules,
  applications: ReadonlyMap<string, ApplicationPlan>,
  before?: PlanBefore,
): Map<string, Bitmap> {
  const { baseline } = input;
  const placed = placedByNamespace(applications);
  const find = (name: string, part: (set: Bitmap) => Bitmap) => {
    const clusters = ownClusters(name, input, rules, part);
    for (const set of placed.get(name) ?? []) clusters.or(part(set));
    return clusters;
  };
  const { plan } = before?.decided ?? {};
  const touched = plan && touchedNamespaces(plan, applications);
  const result = new Map<string, Bitmap>();
  for (const name of rules.namespaces.rules.keys()) {
    const was =
      before && sameNamespace(name, before.decided, rules, baseline)
        ? plan?.namespaces.get(name)
        : undefined;
    if (!before || !was) result.set(name, find(name, whole));
    else if (!touched?.has(name)) result.set(name, was);
    else {
      const { numbers } = before;
      const part = find(name, set => set.pick(numbers));
      result.set(name, was.patched(numbers, part));
    }
  }
  const gone = [...placed.keys()].filter(
    name => !result.has(name) && baseline.namespaces?.has(name),
  );
  for (const name of gone.sort(compareNames))
    result.set(name, find(name, whole));
  return result;
}

/** Where a namespace is without its applications, among the clusters that `part` leaves of a set. */
function ownClusters(
  name: string,
  { snapshot, baseline }: Pick<DecideInput, 'snapshot' | 'baseline'>,
  { namespaces, states }: Rules,
  part: (set: Bitmap) => Bitmap,
): Bitmap {
  const { matches, open } = namespaces.rules.get(name) ?? {};
  const had = baseline.namespaces?.get(name);
  if (!matches || !open)
    return part(had ?? Bitmap.empty(snapshot.size))
      .clone()
      .andNot(part(states.retired));
  if (!baseline.namespaces)
    return part(matches).clone().andNot(part(states.retired));
  const clusters = part(open).clone();
  return had
    ? clusters.or(part(had).clone().and(part(states.draining)))
    : clusters;
}

/** Whether a namespace is where it was, but for its applications. */
function sameNamespace(
  name: string,
  before: DecidedPlan,
  { namespaces, states }: Rules,
  baseline: DecideInput['baseline'],
): boolean {
  const { rules, input } = before;
  return (
    rules.namespaces.rules.get(name) === namespaces.rules.get(name) &&
    rules.states.retired === states.retired &&
    rules.states.draining === states.draining &&
    !input.baseline.namespaces === !baseline.namespaces &&
    sameSet(
      input.baseline.namespaces?.get(name),
      baseline.namespaces?.get(name),
    )
  );
}

function placedByNamespace(
  applications: ReadonlyMap<string, ApplicationPlan>,
): ReadonlyMap<string, readonly Bitmap[]> {
  const placed = new Map<string, Bitmap[]>();
  for (const application of applications.values()) {
    const sets = placed.get(application.namespace);
    if (sets) sets.push(application.placed);
    else placed.set(application.namespace, [application.placed]);
  }
  return placed;
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
