import { Bitmap } from '../bitmap';
import { Snapshot } from '../snapshot';
import type { GuardInput } from './findGuards';
import { LostClusters } from './Losses';

/** Clusters by number, and by name where they are no longer registered. */
interface Clusters {
  readonly clusters: Bitmap;
  readonly gone: ReadonlySet<string>;
}

/** Of one application. */
interface Counted {
  readonly has: Clusters;
  /** By this plan. */
  readonly now: Clusters;
  /** By others, within the time that is looked at. */
  readonly before: Clusters;
}

/** Counts the clusters that have and lose applications, each once however many it loses. @internal */
export class ClusterCounter {
  private constructor(
    private readonly size: number,
    private readonly applications: ReadonlyMap<string, Counted>,
  ) {}

  /** @param open - losses that nobody has said yes to */
  static create(
    { plan, baseline, losses, recent }: GuardInput,
    open: ReadonlyMap<string, LostClusters>,
  ): ClusterCounter {
    const { snapshot } = plan;
    const empty = Bitmap.empty(snapshot.size);
    const applications = new Map<string, Counted>();
    const names = [
      baseline.keys(),
      losses.applications.keys(),
      recent.keys(),
    ].flatMap(keys => [...keys]);
    for (const name of new Set(names)) {
      const before = numbered(snapshot, recent.get(name));
      // What came back is not lost.
      const placed = plan.applications.get(name)?.placed;
      if (placed) before.clusters.andNot(placed);
      const lost = open.get(name);
      applications.set(name, {
        has: {
          clusters: baseline.get(name) ?? empty,
          gone: new Set(losses.applications.get(name)?.gone),
        },
        now: {
          clusters: lost?.clusters ?? empty,
          gone: new Set(lost?.gone),
        },
        before,
      });
    }
    return new ClusterCounter(snapshot.size, applications);
  }

  /**
   * @param names - of applications; all where left out
   * @param within - only these clusters, and none that is no longer registered
   */
  count(
    names: ReadonlySet<string> | undefined,
    within: Bitmap | undefined,
  ): { lost: number; before: number; total: number } {
    const sets = { has: this.set(), now: this.set(), before: this.set() };
    for (const [name, counted] of this.applications) {
      if (names && !names.has(name)) continue;
      for (const key of ['has', 'now', 'before'] as const) {
        sets[key].clusters.or(counted[key].clusters);
        for (const cluster of counted[key].gone) sets[key].gone.add(cluster);
      }
    }
    const count = (...some: Clusters[]) => {
      const clusters = Bitmap.empty(this.size);
      for (const each of some) clusters.or(each.clusters);
      if (within) return clusters.and(within).count();
      const gone = new Set(some.flatMap(each => [...each.gone]));
      return clusters.count() + gone.size;
    };
    const lost = count(sets.now, sets.before);
    return {
      lost,
      before: lost - count(sets.now),
      total: count(sets.has, sets.before),
    };
  }

  private set() {
    return { clusters: Bitmap.empty(this.size), gone: new Set<string>() };
  }
}

function numbered(
  snapshot: Snapshot,
  names: ReadonlySet<string> = new Set(),
): { clusters: Bitmap; gone: ReadonlySet<string> } {
  const clusters = Bitmap.empty(snapshot.size);
  const gone = new Set<string>();
  for (const name of names) {
    const number = snapshot.numberOf(name);
    if (number === undefined) gone.add(name);
    else clusters.add(number);
  }
  return { clusters, gone };
}
