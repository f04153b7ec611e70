import { Bitmap } from '../bitmap';
import { Guard } from './Guard';
import { Losses, LostClusters } from './Losses';

/** All that guards hold, each once. @public */
export function heldLosses(guards: readonly Guard[]): Losses {
  const applications = new Map<string, LostClusters>();
  const namespaces = new Map<string, LostClusters>();
  for (const { losses } of guards) {
    addAll(applications, losses.applications);
    addAll(namespaces, losses.namespaces);
  }
  return { applications, namespaces };
}

function addAll(
  to: Map<string, LostClusters>,
  from: ReadonlyMap<string, LostClusters>,
): void {
  for (const [name, lost] of from) {
    const known = to.get(name);
    const clusters: Bitmap = known
      ? known.clusters.clone().or(lost.clusters)
      : lost.clusters;
    const gone = [...new Set([...(known?.gone ?? []), ...lost.gone])].sort();
    to.set(name, { clusters, gone });
  }
}
