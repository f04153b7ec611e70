import {
  EdgeClusterEntity,
  ResourceQuantities,
} from '@res-edge/backstage-plugin-res-edge-common';
import { ChunkedArray } from './ChunkedArray';
import { ClusterChanges } from './ClusterChanges';

/** What the clusters declare as their capacities: the distinct ones, and which of them a cluster has, -1 without one. @public */
export interface CapacityClasses {
  /** May hold capacities that no cluster has any more: snapshots that follow one another share it, and only add. */
  readonly distinct: readonly ResourceQuantities[];
  readonly indexes: ChunkedArray<number>;
}

/** @internal */
export class CapacityIndex implements CapacityClasses {
  private constructor(
    readonly distinct: ResourceQuantities[],
    private readonly known: Map<string, number>,
    readonly indexes: ChunkedArray<number>,
  ) {}

  static create(clusters: readonly EdgeClusterEntity[]): CapacityIndex {
    const distinct: ResourceQuantities[] = [];
    const known = new Map<string, number>();
    const indexes = clusters.map(cluster => indexOf(cluster, distinct, known));
    return new CapacityIndex(distinct, known, ChunkedArray.from(indexes));
  }

  with({ renumbering, upserted }: ClusterChanges): CapacityIndex {
    const { distinct, known } = this;
    const indexes = renumbering.isNone
      ? this.indexes
      : ChunkedArray.from(renumbering.list(this.indexes.toArray(), -1));
    return new CapacityIndex(
      distinct,
      known,
      indexes.with(
        Array.from(upserted, ([number, cluster]) => [
          number,
          indexOf(cluster, distinct, known),
        ]),
      ),
    );
  }
}

function indexOf(
  { spec: { capacity } }: EdgeClusterEntity,
  distinct: ResourceQuantities[],
  known: Map<string, number>,
): number {
  if (!capacity) return -1;
  const text = JSON.stringify(capacity);
  let index = known.get(text);
  if (index === undefined) {
    index = distinct.push(capacity) - 1;
    known.set(text, index);
  }
  return index;
}
