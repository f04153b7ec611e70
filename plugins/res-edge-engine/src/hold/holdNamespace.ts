import { Bitmap } from '../bitmap';
import { Holds, Plan } from '../model';
import { prohibitedClusters } from './Changes';

/**
 * A namespace that stays on clusters as it is, with all that is in it: what its content or its targets change of
 * applications waits, too. What a prohibition takes away does not.
 *
 * @public
 */
export function holdNamespace(
  plan: Plan,
  namespace: string,
  clusters: Bitmap,
): Holds {
  if (clusters.isEmpty())
    return { applications: new Map(), namespaces: new Map() };
  const nowhere = Bitmap.empty(plan.snapshot.size);
  const prohibited = prohibitedClusters(plan, nowhere);
  const applications = new Map<string, Bitmap>();
  for (const { name, namespace: its } of plan.applications.values()) {
    if (its !== namespace) continue;
    const held = clusters.clone().andNot(prohibited.get(name) ?? nowhere);
    if (!held.isEmpty()) applications.set(name, held);
  }
  return { applications, namespaces: new Map([[namespace, clusters]]) };
}
