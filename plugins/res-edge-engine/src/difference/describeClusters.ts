import { ClusterSet } from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../bitmap';
import { GroupIndex, Snapshot } from '../snapshot';
import { countByHierarchy } from './countByGroup';

const SAMPLE = 20;

/** The part of a fleet that somebody sees. @public */
export interface FleetSight {
  /** By the numbers of the fleet's snapshot. */
  readonly clusters: Bitmap;
  readonly groups: GroupIndex;
}

/** Nothing. @public */
export const NO_CLUSTERS: ClusterSet = { count: 0, sample: [], byGroup: [] };

/**
 * A set of clusters as people read it: how many, some by name, how many by group.
 *
 * @param sight - what of it counts; all of it where left out
 * @public
 */
export function describeClusters(
  snapshot: Snapshot,
  clusters: Bitmap,
  sight?: FleetSight,
): ClusterSet {
  const seen = sight ? clusters.clone().and(sight.clusters) : clusters;
  const count = seen.count();
  if (count === 0) return NO_CLUSTERS;
  const sample: string[] = [];
  for (const number of seen) {
    if (sample.length === SAMPLE) break;
    sample.push(snapshot.clusters[number].metadata.name);
  }
  return { count, sample, byGroup: countByHierarchy(sight ?? snapshot, seen) };
}
