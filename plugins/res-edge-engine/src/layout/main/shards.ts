import { FileMap } from '../../model';
import { byCodeUnit } from '../format/digest';
import { segment } from '../format/paths';
import { toYaml } from '../format/toYaml';
import { ReadShards, ShardReader } from './ShardReader';

/** The most clusters that one delivery branch serves. */
const SHARD_SIZE = 1000;
/** Where the files of shards are. @internal */
export const SHARD_FOLDER = '.res-edge/shards/';

/** The version of the layout; a change that old files do not follow raises it. @public */
export const LAYOUT_VERSION = 1;

/** `.res-edge/layout.yaml`. @public */
export function renderLayoutFile(): FileMap {
  return new Map([
    ['.res-edge/layout.yaml', toYaml({ layout: LAYOUT_VERSION })],
  ]);
}

/** How the names of shards begin whose clusters share a repository with all others. @public */
export const SHARD_PREFIX = 'shard';

/** How the name of a cluster's shard begins. @public */
export type ShardPrefix = (cluster: string) => string;

/**
 * The shard of each cluster. One that has a shard keeps it, because it stands in its bootstrap; the others, by
 * name, fill the first shard with room whose name begins as theirs shall.
 *
 * @public
 */
export function assignShards(
  existing: ReadonlyMap<string, string>,
  clusters: Iterable<string>,
  prefixOf: ShardPrefix = () => SHARD_PREFIX,
): ReadonlyMap<string, string> {
  const names = [...new Set(clusters)].sort(byCodeUnit);
  const sizes = new Map<string, number>();
  for (const name of names) {
    const shard = existing.get(name);
    if (shard !== undefined) sizes.set(shard, (sizes.get(shard) ?? 0) + 1);
  }
  const assigned = new Map<string, string>();
  /** By prefix: the first that may have room. */
  const numbers = new Map<string, number>();
  for (const name of names) {
    let shard = existing.get(name);
    if (shard === undefined) {
      const prefix = prefixOf(name);
      let number = numbers.get(prefix) ?? 1;
      while ((sizes.get(shardName(prefix, number)) ?? 0) >= SHARD_SIZE)
        number += 1;
      numbers.set(prefix, number);
      shard = shardName(prefix, number);
      sizes.set(shard, (sizes.get(shard) ?? 0) + 1);
    }
    assigned.set(name, shard);
  }
  return assigned;
}

/** The files of main that say the shard of each cluster, one cluster a line. @public */
export function renderShards(shards: ReadonlyMap<string, string>): FileMap {
  return new Map(
    Array.from(shardClusters(shards), ([shard, clusters]) => [
      shardPath(shard),
      renderShard(clusters),
    ]),
  );
}

/** The clusters of each shard; all sorted. @internal */
export function shardClusters(
  shards: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly string[]> {
  const members = new Map<string, string[]>();
  for (const [cluster, shard] of shards) {
    const list = members.get(shard);
    if (list) list.push(cluster);
    else members.set(shard, [cluster]);
  }
  for (const list of members.values()) list.sort(byCodeUnit);
  return new Map([...members].sort(([a], [b]) => byCodeUnit(a, b)));
}

/** Where a shard's file is. @internal */
export function shardPath(shard: string): string {
  return `${SHARD_FOLDER}${segment(shard)}.yaml`;
}

/** @internal */
export function renderShard(clusters: readonly string[]): string {
  return toYaml({ clusters });
}

/** Reads what {@link renderShards} wrote. @public */
export function readShards(main: FileMap): ReadShards {
  return ShardReader.create().read(main);
}

/** How the name of a shard begins. @public */
export function shardPrefixOf(shard: string): string {
  return shard.replace(/-\d+$/, '');
}

function shardName(prefix: string, number: number): string {
  return `${prefix}-${String(number).padStart(3, '0')}`;
}
