import { FileMap } from '../../model';
import { assignShards, renderShard, shardClusters, shardPath } from './shards';

interface Rendered {
  readonly existing: ReadonlyMap<string, string>;
  readonly clusters: readonly string[];
  /** By shard. */
  readonly members: ReadonlyMap<string, readonly string[]>;
  readonly files: FileMap;
}

/**
 * Gives what `renderShards(assignShards(…))` gives, and renders only shards whose clusters are others than last time.
 *
 * @internal
 */
export class ShardFiles {
  #last?: Rendered;

  private constructor() {}

  static create(): ShardFiles {
    return new ShardFiles();
  }

  /** One that knows the same, and goes its own way from here. */
  fork(): ShardFiles {
    const fork = ShardFiles.create();
    fork.#last = this.#last;
    return fork;
  }

  render(
    existing: ReadonlyMap<string, string>,
    clusters: readonly string[],
  ): FileMap {
    const last = this.#last;
    if (last?.existing === existing && sameNames(last.clusters, clusters))
      return last.files;
    const members = shardClusters(assignShards(existing, clusters));
    const files = new Map<string, string | Uint8Array>();
    for (const [shard, names] of members) {
      const path = shardPath(shard);
      const known = sameNames(last?.members.get(shard), names);
      files.set(path, known ? last!.files.get(path)! : renderShard(names));
    }
    this.#last = { existing, clusters, members, files };
    return files;
  }
}

function sameNames(
  one: readonly string[] | undefined,
  other: readonly string[],
): boolean {
  return (
    one !== undefined &&
    one.length === other.length &&
    one.every((name, index) => name === other[index])
  );
}
