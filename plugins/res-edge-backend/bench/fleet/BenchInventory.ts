import {
  EdgeClusterEntity,
  EdgeEntity,
  EdgeGroupEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  InventoryDifferenceByOrigin,
  InventoryRecord,
  InventoryState,
  InventoryStore,
} from '../../src/database';
import { compareStrings } from '../../src/util/compareStrings';

/** Clusters that come, change or go. */
export interface ClusterChange {
  readonly upserted?: readonly EdgeClusterEntity[];
  readonly removed?: readonly string[];
}

/** Clusters and groups in memory, in place of the database; it knows its latest change alone. */
export class BenchInventory
  implements Pick<InventoryStore, 'load' | 'revision' | 'changedSince'>
{
  readonly #clusters: Map<string, EdgeClusterEntity>;
  #revision = 1;
  #latest?: InventoryDifferenceByOrigin;

  constructor(
    clusters: readonly EdgeClusterEntity[],
    private readonly groups: readonly EdgeGroupEntity[],
  ) {
    this.#clusters = new Map(
      clusters.map(cluster => [cluster.metadata.name, cluster]),
    );
  }

  /** A registered cluster. */
  cluster(name: string): EdgeClusterEntity {
    return this.#clusters.get(name)!;
  }

  /** In the order of registration. */
  names(): string[] {
    return [...this.#clusters.keys()];
  }

  change({ upserted = [], removed = [] }: ClusterChange): void {
    this.#revision += 1;
    for (const cluster of upserted)
      this.#clusters.set(cluster.metadata.name, cluster);
    for (const name of removed) this.#clusters.delete(name);
    this.#latest = {
      revision: this.#revision,
      written: upserted.map(entity => this.record(entity)),
      deleted: removed.map(name => ({ kind: 'EdgeCluster', name })),
      left: [],
    };
  }

  async load(): Promise<InventoryState> {
    const records = [...this.#clusters.values(), ...this.groups]
      .map(entity => this.record(entity))
      .sort(
        ({ entity: one }, { entity: other }) =>
          compareStrings(one.kind, other.kind) ||
          compareStrings(one.metadata.name, other.metadata.name),
      );
    return { revision: this.#revision, records };
  }

  async revision(): Promise<number> {
    return this.#revision;
  }

  async changedSince(
    revision: number,
  ): Promise<InventoryDifferenceByOrigin | undefined> {
    return revision === this.#revision - 1 ? this.#latest : undefined;
  }

  private record(entity: EdgeEntity): InventoryRecord {
    const time = '2026-01-01T00:00:00.000Z';
    return {
      entity,
      origin: { type: 'catalog', location: 'bench' },
      revision: this.#revision,
      createdAt: time,
      updatedAt: time,
      alsoAt: [],
    };
  }
}
