import { Snapshot } from '../snapshot';
import { Losses, LostClusters, NamedLosses } from './Losses';

/** Losses without those that are named. @public */
export function withoutNamed(
  snapshot: Snapshot,
  { applications, namespaces }: Losses,
  named: NamedLosses,
): Losses {
  return {
    applications: without(snapshot, applications, named.applications),
    namespaces: without(snapshot, namespaces, named.namespaces),
  };
}

function without(
  snapshot: Snapshot,
  losses: ReadonlyMap<string, LostClusters>,
  named: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlyMap<string, LostClusters> {
  const rest = new Map<string, LostClusters>();
  for (const [name, lost] of losses) {
    const known = named.get(name);
    if (!known) {
      rest.set(name, lost);
      continue;
    }
    const clusters = lost.clusters.clone();
    lost.clusters.forEach(number => {
      if (known.has(snapshot.clusters[number].metadata.name))
        clusters.remove(number);
    });
    const gone = lost.gone.filter(cluster => !known.has(cluster));
    if (!clusters.isEmpty() || gone.length > 0)
      rest.set(name, { clusters, gone });
  }
  return rest;
}
