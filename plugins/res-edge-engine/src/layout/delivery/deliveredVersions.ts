import { Bitmap } from '../../bitmap';
import { DeliveredShard } from '../../model';
import { Snapshot } from '../../snapshot';

/** The clusters that have each version of each application, as the bills of the shards say. @public */
export function deliveredVersions(
  delivered: ReadonlyMap<string, DeliveredShard>,
  snapshot: Snapshot,
): ReadonlyMap<string, ReadonlyMap<string, Bitmap>> {
  const versions = new Map<string, Map<string, Bitmap>>();
  for (const shard of delivered.values()) {
    for (const [cluster, { bill }] of shard.clusters) {
      const number = snapshot.numberOf(cluster);
      if (number === undefined) continue;
      for (const { name, version = '' } of bill.applications) {
        let sets = versions.get(name);
        if (!sets) versions.set(name, (sets = new Map()));
        let clusters = sets.get(version);
        if (!clusters) {
          sets.set(version, (clusters = Bitmap.empty(snapshot.size)));
        }
        clusters.add(number);
      }
    }
  }
  return versions;
}
