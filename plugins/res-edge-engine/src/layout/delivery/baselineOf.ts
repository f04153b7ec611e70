import { Bitmap } from '../../bitmap';
import { Baseline, Bill, DeliveredShard } from '../../model';
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
      for (const { name } of placedApplications(bill)) {
        add(applications, name, number);
      }
      for (const { name } of bill.namespaces) add(namespaces, name, number);
    }
  }
  return { applications, namespaces };
}

/** The applications that a cluster has. What moves keeps its place meanwhile. @internal */
export function placedApplications({
  applications,
  moving,
}: Bill): readonly { readonly name: string }[] {
  return moving ? [...applications, ...moving] : applications;
}
