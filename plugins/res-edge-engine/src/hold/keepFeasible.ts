import { Bitmap } from '../bitmap';
import { Holds } from '../model';
import { Changes, createChanges, FeasibilityInput } from './Changes';
import { FollowingHold, solveCluster } from './solveCluster';

/** Holds that can be delivered as they are. @public */
export interface FeasibleHolds {
  readonly holds: Holds;
  /** What is held only because of another change. */
  readonly following: readonly FollowingHold[];
}

/**
 * Adds to what windows and freezes hold what must be held with it, so that what is delivered fits and is complete: a
 * change that needs room which a held one would free, or an application that a held one would bring or update, waits
 * with it; what a held one needs does not leave.
 *
 * What a prohibition takes away is never held, nor what goes with it.
 *
 * @public
 */
export function keepFeasible(
  input: FeasibilityInput,
  direct: Holds,
): FeasibleHolds {
  const changes = createChanges(input);
  const applications = new Map<string, Bitmap>();
  for (const name of changes.names) {
    const held = heldAtOnce(input, changes, direct, name);
    if (held) applications.set(name, held);
  }
  const following = new Map<string, FollowingHold>();
  for (const cluster of mixedClusters(changes, applications)) {
    for (const hold of solveCluster(input, changes, applications, cluster)) {
      const { application, behind, reason } = hold;
      const key = JSON.stringify([application, behind, reason]);
      const known = following.get(key);
      if (known) known.clusters.add(cluster);
      else following.set(key, { ...hold, clusters: changes.set([cluster]) });
    }
  }
  for (const { application, clusters } of following.values()) {
    const known = applications.get(application);
    applications.set(
      application,
      known ? known.or(clusters) : clusters.clone(),
    );
  }
  const { namespaces, groups } = direct;
  const behindGroups = followingGroups(direct, following.values());
  return {
    holds: {
      ...{ applications, namespaces },
      ...(groups && { groups }),
      ...(behindGroups && { behindGroups }),
    },
    following: [...following.values()],
  };
}

/** What waits behind a change that waits for a group waits for nothing else, where nothing else is held. */
function followingGroups(
  { applications, namespaces, behindGroups }: Holds,
  following: Iterable<FollowingHold>,
): Holds['behindGroups'] {
  if (!behindGroups) return undefined;
  const result = new Map(behindGroups);
  for (const { application, clusters } of following) {
    const left = clusters.clone();
    for (const [name, held] of applications) {
      const behind = behindGroups.get(name);
      left.andNot(behind ? held.clone().andNot(behind) : held);
    }
    for (const held of namespaces.values()) left.andNot(held);
    const known = result.get(application);
    result.set(application, known ? known.clone().or(left) : left);
  }
  return result;
}

/** What is held directly, or by its namespace that is not there yet. */
function heldAtOnce(
  { plan, baseline }: FeasibilityInput,
  changes: Changes,
  direct: Holds,
  name: string,
): Bitmap | undefined {
  const namespace = plan.applications.get(name)?.namespace;
  const waiting =
    namespace === undefined ? undefined : direct.namespaces.get(namespace);
  const held = direct.applications.get(name)?.clone();
  let all = held;
  if (waiting && namespace !== undefined) {
    const there = baseline.namespaces?.get(namespace);
    const missing = there ? waiting.clone().andNot(there) : waiting.clone();
    all = held ? held.or(missing) : missing;
  }
  return all?.andNot(changes.prohibited(name));
}

/** Clusters on which something changes, and something that would change is held. */
function mixedClusters(
  changes: Changes,
  held: ReadonlyMap<string, Bitmap>,
): Bitmap {
  const waiting = changes.set([]);
  const free = changes.set([]);
  for (const name of changes.names) {
    const changed = changes.of(name);
    const holding = held.get(name);
    if (holding) {
      waiting.or(changed.clone().and(holding));
      free.or(changed.clone().andNot(holding));
    } else free.or(changed);
  }
  return waiting.and(free);
}
