import {
  DeliveredCluster,
  DeliveredShard,
  namedRevisions,
} from '@res-edge/backstage-plugin-res-edge-engine';

/** What goes from one shard's branch to another one. @internal */
export interface ShardMove {
  readonly from: string;
  /** The folders to be copied, such as `clusters/store-1`: the clusters' own, and what their bills name. */
  readonly folders: ReadonlySet<string>;
}

/** What a shard takes over of others. @internal */
export interface TakenOver {
  readonly shard: string;
  readonly clusters: readonly string[];
  readonly moves: readonly ShardMove[];
  /** The branch with that on it. */
  readonly delivered: DeliveredShard;
}

/**
 * Clusters that are delivered on another shard's branch than main says. What they have is copied as it is before anything is
 * decided about it: what is held stays held, and what ran is known.
 *
 * @param shards - the shard of each cluster, as main says
 * @internal
 */
export function clusterMoves(
  delivered: ReadonlyMap<string, DeliveredShard>,
  shards: ReadonlyMap<string, string>,
): TakenOver[] {
  const moving = new Map<string, Map<string, DeliveredCluster>>();
  const from = new Map<string, string>();
  for (const { shard, clusters } of delivered.values()) {
    for (const [name, cluster] of clusters) {
      const to = shards.get(name);
      if (to === undefined || to === shard) continue;
      if (delivered.get(to)?.clusters.has(name) || from.has(name)) continue;
      from.set(name, shard);
      const taken = moving.get(to) ?? new Map<string, DeliveredCluster>();
      moving.set(to, taken.set(name, cluster));
    }
  }
  return Array.from(moving, ([shard, taken]) => {
    const before = delivered.get(shard);
    const revisions = new Set(before?.revisions);
    const bySource = new Map<string, string[]>();
    for (const name of taken.keys()) {
      const source = from.get(name)!;
      const names = bySource.get(source);
      if (names) names.push(name);
      else bySource.set(source, [name]);
    }
    const moves = Array.from(bySource, ([source, names]): ShardMove => {
      const bills = names.map(name => taken.get(name)!.bill);
      const missing = [...namedRevisions(bills)].filter(
        path => !revisions.has(path),
      );
      for (const path of missing) revisions.add(path);
      return {
        from: source,
        folders: new Set([
          ...names.map(name => `clusters/${name}`),
          ...missing,
        ]),
      };
    });
    return {
      ...{ shard, moves, clusters: [...taken.keys()] },
      delivered: {
        ...{ shard, revisions, unreferenced: before?.unreferenced },
        clusters: new Map([...(before?.clusters ?? []), ...taken]),
      },
    };
  });
}
