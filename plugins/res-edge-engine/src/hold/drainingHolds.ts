import { Bitmap } from '../bitmap';
import { clusterStates } from '../decide/clusterStates';
import { DeliveredShard, Holds, Plan } from '../model';
import { prohibitedClusters } from './Changes';

/**
 * What stays on draining clusters: all that they have, as it is. What a prohibition takes away is not held, nor what
 * goes with it.
 *
 * @returns undefined where no cluster is draining
 * @internal
 */
export function drainingHolds(input: {
  readonly plan: Plan;
  readonly delivered: ReadonlyMap<string, DeliveredShard>;
}): Holds | undefined {
  const { plan, delivered } = input;
  const { snapshot } = plan;
  const { draining } = clusterStates(snapshot);
  if (draining.isEmpty()) return undefined;
  const applications = new Set(plan.applications.keys());
  const namespaces = new Set(plan.namespaces.keys());
  for (const name of snapshot.namesOf(draining)) {
    for (const { clusters } of delivered.values()) {
      // What main does not know any more is delivered there all the same.
      const bill = clusters.get(name)?.bill;
      for (const entry of bill?.applications ?? [])
        applications.add(entry.name);
      for (const entry of bill?.namespaces ?? []) namespaces.add(entry.name);
    }
  }
  const nowhere = Bitmap.empty(snapshot.size);
  const prohibited = prohibitedClusters(plan, nowhere);
  const heldOf = (name: string) => {
    const taken = prohibited.get(name);
    return taken ? draining.clone().andNot(taken) : draining;
  };
  return {
    applications: new Map([...applications].map(name => [name, heldOf(name)])),
    namespaces: new Map([...namespaces].map(name => [name, draining])),
  };
}
