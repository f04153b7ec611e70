import { EdgeNamespaceEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../../bitmap';
import { Decisions, Plan } from '../../model';
import { Snapshot } from '../../snapshot';
import { renderTargetsLock } from './targetsLock';

interface Lock {
  readonly selector: string;
  readonly clusters: Bitmap;
  readonly text: string;
}

/**
 * Gives what `renderTargetsLock` gives for each namespace, and renders only those whose selector, clusters, or groups of
 * clusters are others than last time.
 *
 * @internal
 */
export class TargetsLocks {
  #last?: { snapshot: Snapshot; locks: ReadonlyMap<string, Lock> };

  private constructor() {}

  static create(): TargetsLocks {
    return new TargetsLocks();
  }

  /** One that knows the same, and goes its own way from here. */
  fork(): TargetsLocks {
    const fork = TargetsLocks.create();
    fork.#last = this.#last;
    return fork;
  }

  /** The text for each namespace that is delivered. */
  render(
    { namespaces }: Pick<Decisions, 'namespaces'>,
    plan: Pick<Plan, 'snapshot' | 'namespaces'>,
  ): ReadonlyMap<string, string> {
    const { snapshot } = plan;
    const knownLock = this.knownLocks(snapshot);
    const locks = new Map<string, Lock>();
    for (const [name, { entity }] of namespaces) {
      const clusters = plan.namespaces.get(name);
      if (!clusters) continue;
      const selector = selectorKey(entity);
      const lock = knownLock(name, selector, clusters) ?? {
        ...{ selector, clusters },
        text: renderTargetsLock(entity, snapshot, clusters),
      };
      locks.set(name, lock);
    }
    this.#last = { snapshot, locks };
    return new Map(Array.from(locks, ([name, { text }]) => [name, text]));
  }

  /** Finds locks that say the same in this snapshot, by the numbers of now. */
  private knownLocks(snapshot: Snapshot) {
    const last = this.#last;
    // Groups that stand where they stood share the list of those at the top.
    if (last?.snapshot.groups.roots !== snapshot.groups.roots)
      return () => undefined;
    const { renumbering } = snapshot.differenceFrom(last.snapshot);
    const regrouped = Bitmap.empty(snapshot.size);
    for (const group of allGroups(snapshot)) {
      const before = renumbering.set(last.snapshot.groupMembers(group));
      regrouped.orDifference(before, snapshot.groupMembers(group));
    }
    return (
      name: string,
      selector: string,
      clusters: Bitmap,
    ): Lock | undefined => {
      const lock = last.locks.get(name);
      if (lock?.selector !== selector) return undefined;
      const before = renumbering.set(lock.clusters);
      const isSame =
        before.equals(clusters) &&
        before.count() === lock.clusters.count() &&
        !regrouped.intersects(clusters);
      return isSame ? { ...lock, clusters } : undefined;
    };
  }
}

function selectorKey({ spec }: EdgeNamespaceEntity): string {
  return JSON.stringify(spec.selector) ?? '';
}

function allGroups({ groups }: Snapshot): string[] {
  const names = [...groups.roots];
  // The list grows while it is walked: each group adds those below it.
  for (const name of names) names.push(...groups.children(name));
  return names;
}
