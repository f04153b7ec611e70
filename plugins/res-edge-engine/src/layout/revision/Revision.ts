import { FileMap } from '../../model';
import { Placeholder } from '../capture/placeholder';
import { byCodeUnit, filesDigest, shortDigest } from '../format/digest';

/** What a revision reads of a cluster: keys, and the types that it wants them in. @internal */
export type ClusterKeys = ReadonlyMap<string, ReadonlySet<Placeholder['type']>>;

/** An immutable folder of a delivery branch, named by its content. @internal */
export interface Revision {
  /** Such as `apps/imdb/revisions/0a1b2c3d4e5f`. */
  readonly path: string;
  readonly digest: string;
  /** By their path in the folder. */
  readonly files: FileMap;
  readonly clusterKeys: ClusterKeys;
}

/**
 * Names a revision by its content. The content may hold the folder's own path and the digest itself; the digest is over
 * what it would be with empty ones.
 *
 * @internal
 */
export function createRevision(
  folder: string,
  clusterKeys: ClusterKeys,
  render: (path: string, digest: string) => FileMap,
): Revision {
  const digest = shortDigest(filesDigest(render('', '')));
  const path = `${folder}/revisions/${digest}`;
  return { path, digest, files: sorted(render(path, digest)), clusterKeys };
}

function sorted(files: FileMap): FileMap {
  return new Map([...files].sort(([a], [b]) => byCodeUnit(a, b)));
}
