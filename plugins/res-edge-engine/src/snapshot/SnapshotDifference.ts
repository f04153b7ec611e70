import { EdgeClusterEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { Renumbering } from '../bitmap/Renumbering';
import { ChunkedArray } from './ChunkedArray';
import { compareNames } from './reference';

/** How the clusters of a snapshot differ from those of another one. @internal */
export interface SnapshotDifference {
  readonly renumbering: Renumbering;
  /** Numbers, as they are now, of clusters that are new or other. */
  readonly changed: readonly number[];
}

/** Finds the difference by comparing records, for snapshots that were not made from one another. @internal */
export function differenceBetween(
  before: ChunkedArray<EdgeClusterEntity>,
  after: ChunkedArray<EdgeClusterEntity>,
): SnapshotDifference {
  const removed: number[] = [];
  const places: number[] = [];
  const changed: number[] = [];
  let [was, is] = [0, 0];
  while (was < before.length || is < after.length) {
    const old = was < before.length ? before.get(was) : undefined;
    const now = is < after.length ? after.get(is) : undefined;
    if (old !== now) {
      const order = compareNames(nameOf(old), nameOf(now));
      if (order < 0) {
        removed.push(was++);
        continue;
      }
      changed.push(is);
      if (order > 0) {
        places.push(was);
        is++;
        continue;
      }
    }
    was++;
    is++;
  }
  return {
    renumbering: Renumbering.create(before.length, removed, places),
    changed,
  };
}

/** What is past the end comes after all names. */
function nameOf(cluster: EdgeClusterEntity | undefined): string {
  return cluster?.metadata.name ?? '\uffff';
}
