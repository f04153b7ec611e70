import {
  entityRefOf,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import { FileMap } from '../../model';
import { byCodeUnit } from '../format/digest';
import { parseYaml, textOf } from '../format/parseYaml';
import { segment } from '../format/paths';

const SHARD_PATH = /^\.res-edge\/shards\/([^/]+)\.yaml$/;

/** What the files of shards say. @public */
export interface ReadShards {
  /** The shard of each cluster. */
  readonly shards: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

interface ShardFile {
  readonly content: string | Uint8Array;
  readonly clusters: readonly string[];
  /** What is wrong with it. */
  readonly messages: readonly string[];
}

/**
 * Gives what `readShards` gives, and parses only files whose content is another one than last time. Where all are the
 * same, so is the object that it gives.
 *
 * @public
 */
export class ShardReader {
  /** By path, sorted. */
  #files: ReadonlyMap<string, ShardFile> = new Map();
  #last?: ReadShards;

  private constructor() {}

  /** Knows nothing yet. */
  static create(): ShardReader {
    return new ShardReader();
  }

  /** The shards as these files of main say. */
  read(main: FileMap): ReadShards {
    const paths = [...main.keys()]
      .filter(path => SHARD_PATH.test(path))
      .sort(byCodeUnit);
    const isSame = (path: string) =>
      this.#files.get(path)?.content === main.get(path);
    if (this.#last && paths.length === this.#files.size && paths.every(isSame))
      return this.#last;

    this.#files = new Map(
      paths.map(path => [
        path,
        isSame(path) ? this.#files.get(path)! : readFile(path, main.get(path)!),
      ]),
    );
    this.#last = combine(this.#files);
    return this.#last;
  }
}

/** What is wrong in a file leaves out no other cluster of it. */
function readFile(path: string, content: string | Uint8Array): ShardFile {
  const clusters: string[] = [];
  const messages: string[] = [];
  const attempt = (task: () => void) => {
    try {
      task();
    } catch (error) {
      messages.push((error as Error).message);
    }
  };
  attempt(() => {
    segment(shardOf(path));
    const names = (
      (parseYaml(textOf(content)) ?? {}) as Record<string, unknown>
    ).clusters;
    if (!Array.isArray(names)) {
      throw new Error('clusters must be a list of names');
    }
    for (const name of names)
      attempt(() => clusters.push(segment(String(name))));
  });
  return { content, clusters, messages };
}

function combine(files: ReadonlyMap<string, ShardFile>): ReadShards {
  const shards = new Map<string, string>();
  const problems: Problem[] = [];
  for (const [path, { clusters, messages }] of files) {
    const report = (message: string, entity = '') =>
      problems.push({ entity, field: '', message: `${path}: ${message}` });
    for (const message of messages) report(message);
    const shard = shardOf(path);
    for (const name of clusters) {
      const other = shards.get(name);
      if (other === undefined) shards.set(name, shard);
      else if (other !== shard)
        report(
          `cluster '${name}' is in shard '${other}' already; it stays there`,
          entityRefOf('EdgeCluster', name),
        );
    }
  }
  return { shards, problems };
}

function shardOf(path: string): string {
  return SHARD_PATH.exec(path)![1];
}
