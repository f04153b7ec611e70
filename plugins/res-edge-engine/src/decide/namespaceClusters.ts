import { Bitmap } from '../bitmap';
import { ApplicationPlan, DecideInput } from '../model';
import { compareNames } from '../snapshot';
import { Rules } from './applicationRules';

/**
 * Where each namespace is delivered.
 *
 * One whose selector cannot be evaluated stays where it is, and so does one that is gone as long as an application
 * names it. A draining cluster keeps what it has and gets nothing new. An application that stays although its namespace
 * matches no more keeps it there.
 *
 * @internal
 */
export function namespaceClusters(
  { snapshot, baseline }: Pick<DecideInput, 'snapshot' | 'baseline'>,
  { namespaces, states }: Rules,
  applications: ReadonlyMap<string, ApplicationPlan>,
): Map<string, Bitmap> {
  const result = new Map<string, Bitmap>();
  const stays = (name: string) =>
    baseline.namespaces?.get(name)?.clone().andNot(states.retired) ??
    Bitmap.empty(snapshot.size);
  for (const [name, { matches }] of namespaces.rules) {
    if (!matches) result.set(name, stays(name));
    else if (!baseline.namespaces)
      result.set(name, matches.clone().andNot(states.retired));
    else {
      const kept = baseline.namespaces.get(name)?.clone().and(states.draining);
      const clusters = matches.clone().and(states.open);
      result.set(name, kept ? clusters.or(kept) : clusters);
    }
  }
  const gone = [...applications.values()]
    .map(({ namespace }) => namespace)
    .filter(name => !result.has(name) && baseline.namespaces?.has(name));
  for (const name of gone.sort(compareNames)) result.set(name, stays(name));
  for (const { namespace, placed } of applications.values())
    result.get(namespace)?.or(placed);
  return result;
}
