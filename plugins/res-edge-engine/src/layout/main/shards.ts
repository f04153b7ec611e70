import {
  entityRefOf,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import { FileMap } from '../../model';
import { byCodeUnit } from '../format/digest';
import { parseYaml, textOf } from '../format/parseYaml';
import { segment } from '../format/paths';
import { toYaml } from '../format/toYaml';

/** The most clusters that one delivery branch serves. */
const SHARD_SIZE = 1000;
const SHARD_PATH = /^\.res-edge\/shards\/([^/]+)\.yaml$/;

/** The version of the layout; a change that old files do not follow raises it. @public */
export const LAYOUT_VERSION = 1;

/** `.res-edge/layout.yaml`. @public */
export function renderLayoutFile(): FileMap {
  return new Map([
    ['.res-edge/layout.yaml', toYaml({ layout: LAYOUT_VERSION })],
  ]);
}

/**
 * The shard of each cluster. One that has a shard keeps it, because it stands in its bootstrap; the others, by
 * name, fill the first shard with room.
 *
 * @public
 */
export function assignShards(
  existing: ReadonlyMap<string, string>,
  clusters: Iterable<string>,
): ReadonlyMap<string, string> {
  const names = [...new Set(clusters)].sort(byCodeUnit);
  const sizes = new Map<string, number>();
  for (const name of names) {
    const shard = existing.get(name);
    if (shard !== undefined) sizes.set(shard, (sizes.get(shard) ?? 0) + 1);
  }
  const assigned = new Map<string, string>();
  let number = 1;
  for (const name of names) {
    let shard = existing.get(name);
    if (shard === undefined) {
      while ((sizes.get(shardName(number)) ?? 0) >= SHARD_SIZE) number += 1;
      shard = shardName(number);
      sizes.set(shard, (sizes.get(shard) ?? 0) + 1);
    }
    assigned.set(name, shard);
  }
  return assigned;
}

/** The files of main that say the shard of each cluster, one cluster a line. @public */
export function renderShards(shards: ReadonlyMap<string, string>): FileMap {
  const members = new Map<string, string[]>();
  for (const [cluster, shard] of shards) {
    const list = members.get(shard);
    if (list) list.push(cluster);
    else members.set(shard, [cluster]);
  }
  const files = new Map<string, string>();
  for (const shard of [...members.keys()].sort(byCodeUnit)) {
    files.set(
      `.res-edge/shards/${segment(shard)}.yaml`,
      toYaml({ clusters: members.get(shard)!.sort(byCodeUnit) }),
    );
  }
  return files;
}

/** Reads what {@link renderShards} wrote. @public */
export function readShards(main: FileMap): {
  shards: ReadonlyMap<string, string>;
  problems: Problem[];
} {
  const shards = new Map<string, string>();
  const problems: Problem[] = [];
  for (const path of [...main.keys()].sort(byCodeUnit)) {
    const shard = SHARD_PATH.exec(path)?.[1];
    if (shard === undefined) continue;
    try {
      const content = parseYaml(textOf(main.get(path)!));
      const { clusters } = (content ?? {}) as { clusters?: unknown };
      if (!Array.isArray(clusters)) {
        throw new Error('clusters must be a list of names');
      }
      for (const cluster of clusters) {
        const name = segment(String(cluster));
        const other = shards.get(name);
        if (other === undefined) shards.set(name, segment(shard));
        else if (other !== shard) {
          problems.push({
            entity: entityRefOf('EdgeCluster', name),
            field: '',
            message: `${path}: cluster '${name}' is in shard '${other}' already; it stays there`,
          });
        }
      }
    } catch (error) {
      problems.push({
        entity: '',
        field: '',
        message: `${path}: ${(error as Error).message}`,
      });
    }
  }
  return { shards, problems };
}

function shardName(number: number): string {
  return `shard-${String(number).padStart(3, '0')}`;
}
