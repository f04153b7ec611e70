import { DeliveredCluster, DeliveredShard } from '../../model';
import { textOf } from '../format/parseYaml';
import { BillReader } from './BillReader';
import { readUnreferenced, UNREFERENCED_FILE } from './unreferencedRevisions';

const REVISION = /^((?:apps|namespaces|groups)\/[^/]+\/revisions\/[^/]+)\//;
const CLUSTER = /^clusters\/([^/]+)\/(values\/)?kustomization\.yaml$/;

/** A file of a branch; `content` is needed of those in `clusters/` and `.res-edge/` only. @public */
export interface DeliveredFile {
  readonly path: string;
  /** Its git blob hash. */
  readonly hash: string;
  readonly content?: string | Uint8Array;
}

/**
 * What a shard's branch holds, from its listing.
 *
 * @param bills - handed in where several shards are read: they share what is equal
 * @public
 */
export function readDeliveredShard(
  shard: string,
  files: Iterable<DeliveredFile>,
  bills: BillReader = BillReader.create(),
): DeliveredShard {
  const revisions = new Set<string>();
  const clusters = new Map<string, DeliveredCluster>();
  let unreferenced: ReadonlyMap<string, string> | undefined;
  for (const { path, hash, content } of files) {
    if (path === UNREFERENCED_FILE) {
      unreferenced = readUnreferenced(textOf(content ?? ''));
    }
    const revision = REVISION.exec(path)?.[1];
    if (revision !== undefined) revisions.add(revision);
    const match = CLUSTER.exec(path);
    if (!match) continue;
    const [, name, isValues] = match;
    const text = textOf(content ?? '');
    const before = clusters.get(name) ?? {
      bill: bills.read(name, ''),
      billHash: '',
      valuesHash: '',
      values: '',
    };
    clusters.set(
      name,
      isValues
        ? { ...before, valuesHash: hash, values: text }
        : { ...before, billHash: hash, bill: bills.read(name, text) },
    );
  }
  return { shard, revisions, clusters, unreferenced };
}
