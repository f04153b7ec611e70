import { Bitmap } from '../../bitmap';
import { Baseline, DeliveredShard } from '../../model';
import { Snapshot } from '../../snapshot';

/**
 * What runs where, as the bills of the shards say; clusters that are no longer registered are left out.
 *
 * @public
 */
export function baselineOf(
  delivered: ReadonlyMap<string, DeliveredShard>,
  snapshot: Snapshot,
): Baseline {
  const applications = new Map<string, Bitmap>();
  const namespaces = new Map<string, Bitmap>();
  const add = (sets: Map<string, Bitmap>, name: string, number: number) => {
    let bitmap = sets.get(name);
    if (!bitmap) sets.set(name, (bitmap = Bitmap.empty(snapshot.size)));
    bitmap.add(number);
  };
  for (const shard of delivered.values()) {
    for (const [cluster, { bill }] of shard.clusters) {
      const number = snapshot.numberOf(cluster);
      if (number === undefined) continue;
      for (const { name } of bill.applications) add(applications, name, number);
      // What moves keeps its place meanwhile.
      for (const { name } of bill.moving ?? []) {
        add(applications, name, number);
      }
      for (const { name } of bill.namespaces) add(namespaces, name, number);
    }
  }
  return { applications, namespaces };
}
