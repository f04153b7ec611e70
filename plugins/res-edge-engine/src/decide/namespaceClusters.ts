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
  /** The same as a set. */
  readonly changed: Bitmap;
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
  const known =
    before && knownNamespaces(before, rules, applications, baseline);
  const result = new Map<string, Bitmap>();
  for (const name of rules.namespaces.rules.keys()) {
    const { was, isSame } = known?.(name) ?? {};
    if (!before || !was) result.set(name, find(name, whole));
    else if (isSame) result.set(name, was);
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

/**
 * Where a namespace was, if all that decides where it is says the same of the clusters that were not decided again;
 * `isSame` if it says the same of these, too.
 */
function knownNamespaces(
  { decided, changed }: PlanBefore,
  { namespaces, states }: Rules,
  applications: ReadonlyMap<string, ApplicationPlan>,
  baseline: DecideInput['baseline'],
): (name: string) => { was?: Bitmap; isSame?: boolean } {
  const { plan, rules, input } = decided;
  const alike = (one: Bitmap | undefined, other: Bitmap | undefined) =>
    one === other || Boolean(one && other && one.equalsOutside(other, changed));
  const touched = touchedNamespaces(plan, applications);
  const sameStates =
    rules.states.retired === states.retired &&
    rules.states.draining === states.draining;
  const isKnown =
    alike(rules.states.retired, states.retired) &&
    alike(rules.states.draining, states.draining) &&
    !input.baseline.namespaces === !baseline.namespaces;
  return name => {
    const [old, now] = [
      rules.namespaces.rules.get(name),
      namespaces.rules.get(name),
    ];
    const had = baseline.namespaces?.get(name);
    const hadBefore = input.baseline.namespaces?.get(name);
    if (!isKnown || !alike(old?.matches, now?.matches)) return {};
    if (!alike(old?.open, now?.open) || !alike(hadBefore, had)) return {};
    const isSame =
      sameStates &&
      old === now &&
      sameSet(hadBefore, had) &&
      !touched.has(name);
    return { was: plan.namespaces.get(name), isSame };
  };
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
