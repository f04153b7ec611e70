import {
  Baseline,
  Bitmap,
  DeliveredShard,
  Snapshot,
} from '@res-edge/backstage-plugin-res-edge-engine';

/** Where what runs, as bills say; clusters that are no longer registered are left out. @internal */
export function baselineOf(
  delivered: ReadonlyMap<string, DeliveredShard>,
  snapshot: Snapshot,
): Baseline {
  const applications = new Map<string, Bitmap>();
  for (const { clusters } of delivered.values()) {
    for (const [cluster, { bill }] of clusters) {
      const number = snapshot.numberOf(cluster);
      if (number === undefined) continue;
      for (const { name } of bill.applications) {
        const placed = applications.get(name) ?? Bitmap.empty(snapshot.size);
        placed.add(number);
        applications.set(name, placed);
      }
    }
  }
  return { applications };
}
