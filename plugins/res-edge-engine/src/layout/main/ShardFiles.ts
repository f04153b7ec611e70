import { FileMap } from '../../model';
import {
  assignShards,
  renderShard,
  SHARD_PREFIX,
  shardClusters,
  shardPath,
  ShardPrefix,
} from './shards';

interface Rendered {
  readonly existing: ReadonlyMap<string, string>;
  readonly clusters: readonly string[];
  /** Of those that had no shard, in their order. */
  readonly prefixes: readonly string[];
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
    prefixOf: ShardPrefix = () => SHARD_PREFIX,
  ): FileMap {
    const last = this.#last;
    const prefixes = clusters.filter(name => !existing.has(name)).map(prefixOf);
    const isSame =
      last?.existing === existing &&
      sameNames(last.clusters, clusters) &&
      sameNames(last.prefixes, prefixes);
    if (isSame) return last.files;
    const members = shardClusters(assignShards(existing, clusters, prefixOf));
    const files = new Map<string, string | Uint8Array>();
    for (const [shard, names] of members) {
      const path = shardPath(shard);
      const known = sameNames(last?.members.get(shard), names);
      files.set(path, known ? last!.files.get(path)! : renderShard(names));
    }
    this.#last = { existing, clusters, prefixes, members, files };
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
