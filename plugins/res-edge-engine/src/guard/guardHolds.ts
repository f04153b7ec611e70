import { Bitmap } from '../bitmap';
import { Decisions, Holds, Plan } from '../model';
import { Losses } from './Losses';
import { RoomCheck } from './RoomCheck';

/**
 * What has to stay as it is delivered, so that losses can wait: the applications themselves, what they depend on, and,
 * where they leave no room for all that is planned beside them, whatever else comes or changes on that cluster.
 *
 * @param baseline - where applications are delivered
 * @public
 */
export function guardHolds(
  plan: Plan,
  decisions: Decisions,
  baseline: ReadonlyMap<string, Bitmap>,
  held: Losses,
): Holds {
  const { size } = plan.snapshot;
  const applications = new Map<string, Bitmap>();
  const add = (name: string, more: Bitmap): boolean => {
    const known = applications.get(name) ?? Bitmap.empty(size);
    const all = known.clone().or(more);
    if (all.equals(known)) return false;
    applications.set(name, all);
    return true;
  };
  for (const [name, lost] of held.applications) add(name, lost.clusters);
  for (let changed = applications.size > 0; changed; ) {
    changed = false;
    for (const [name, where] of [...applications]) {
      for (const { release, clusters } of plan.applications.get(name)
        ?.releases ?? []) {
        for (const needed of release.dependsOn) {
          const there = baseline.get(needed)?.clone().and(where).and(clusters);
          if (there && add(needed, there)) changed = true;
        }
      }
    }
  }
  const full = RoomCheck.create(plan, decisions).clustersWithoutRoom(
    applications,
  );
  if (!full.isEmpty()) {
    for (const { name, placed } of plan.applications.values()) {
      // What leaves makes room, and needs none.
      add(name, full.clone().and(placed));
    }
  }
  const namespaces = new Map(
    [...held.namespaces].map(([name, lost]) => [name, lost.clusters]),
  );
  return { applications, namespaces };
}
