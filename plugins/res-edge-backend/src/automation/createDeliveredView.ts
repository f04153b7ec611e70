import { DeliveredShard } from '@res-edge/backstage-plugin-res-edge-engine';
import { DeliveredView } from '../service/FleetView';

type Clusters = DeliveredShard['clusters'];

/** How many clusters of a shard have each application; counted once, because a shard never changes. */
const counted = new WeakMap<Clusters, ReadonlyMap<string, number>>();

/**
 * What the delivery branches hold, for those who ask. It looks into bills when it is asked.
 *
 * @param shards - the shard of each cluster, as main says
 * @internal
 */
export function createDeliveredView(
  delivered: ReadonlyMap<string, DeliveredShard>,
  shards: ReadonlyMap<string, string>,
): DeliveredView {
  const all = [...delivered.values()];
  const shardWith = (cluster: string): DeliveredShard | undefined => {
    const named = delivered.get(shards.get(cluster) ?? '');
    return named?.clusters.has(cluster)
      ? named
      : all.find(({ clusters }) => clusters.has(cluster));
  };
  return {
    version: (cluster, application) => {
      const bill = shardWith(cluster)?.clusters.get(cluster)?.bill;
      const entry = bill?.applications.find(({ name }) => name === application);
      return entry && (entry.version ?? '');
    },
    clusters: all.reduce((sum, { clusters }) => sum + clusters.size, 0),
    shards: delivered.size,
    shardOf: cluster => shardWith(cluster)?.shard,
    applicationClusters: application =>
      all.reduce(
        (sum, { clusters }) =>
          sum + (applicationCounts(clusters).get(application) ?? 0),
        0,
      ),
  };
}

function applicationCounts(clusters: Clusters): ReadonlyMap<string, number> {
  const known = counted.get(clusters);
  if (known) return known;
  const counts = new Map<string, number>();
  for (const { bill } of clusters.values()) {
    for (const { name } of bill.applications)
      counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  counted.set(clusters, counts);
  return counts;
}
