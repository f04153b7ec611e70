import {
  EdgeClusterEntity,
  ResourceQuantities,
} from '@res-edge/backstage-plugin-res-edge-common';

/** What the clusters declare as their capacities: the distinct ones, and which of them a cluster has, -1 without one. @public */
export interface CapacityClasses {
  /** May hold capacities that no cluster has any more: snapshots that follow one another share it, and only add. */
  readonly distinct: readonly ResourceQuantities[];
  readonly indexes: Int32Array;
}

/** @internal */
export class CapacityIndex implements CapacityClasses {
  private constructor(
    readonly distinct: ResourceQuantities[],
    private readonly known: Map<string, number>,
    readonly indexes: Int32Array,
  ) {}

  static create(clusters: readonly EdgeClusterEntity[]): CapacityIndex {
    const indexes = new Int32Array(clusters.length);
    const index = new CapacityIndex([], new Map(), indexes);
    clusters.forEach((cluster, number) => {
      indexes[number] = index.indexOf(cluster);
    });
    return index;
  }

  /** The same with other clusters of these numbers. */
  with(changes: ReadonlyMap<number, EdgeClusterEntity>): CapacityIndex {
    const indexes = this.indexes.slice();
    for (const [number, cluster] of changes)
      indexes[number] = this.indexOf(cluster);
    return new CapacityIndex(this.distinct, this.known, indexes);
  }

  private indexOf({ spec: { capacity } }: EdgeClusterEntity): number {
    if (!capacity) return -1;
    const text = JSON.stringify(capacity);
    let index = this.known.get(text);
    if (index === undefined) {
      index = this.distinct.length;
      this.distinct.push(capacity);
      this.known.set(text, index);
    }
    return index;
  }
}
