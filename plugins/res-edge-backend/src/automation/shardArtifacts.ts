import {
  DeliveredShard,
  namedRevisions,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { isFile, TreeEntry } from '../git';
import { Artifact, ArtifactFile, contentKey } from '../oci';
import { compareStrings } from '../util/compareStrings';

/** A folder of a cluster, or of a revision, in a delivery branch. */
const FOLDER =
  /^(?:clusters\/[^/]+|(?:apps|namespaces|groups)\/[^/]+\/revisions\/[^/]+)(?=\/)/;

/** What is packed together: what one cluster reads, or what all of a shard do. @internal */
export type ArtifactUnit = 'cluster' | 'shard';

/** Below the configured address. @internal */
export function artifactRepository(per: ArtifactUnit, name: string): string {
  return `${per}s/${name}`;
}

/** The repositories of all that is delivered. @internal */
export function artifactRepositories(
  delivered: ReadonlyMap<string, DeliveredShard>,
  per: ArtifactUnit,
): ReadonlySet<string> {
  const names =
    per === 'shard'
      ? [...delivered.keys()]
      : [...delivered.values()].flatMap(({ clusters }) => [...clusters.keys()]);
  return new Set(names.map(name => artifactRepository(per, name)));
}

/**
 * The artifacts of a shard: the very files of its branch, at the same paths. Each holds what its clusters read, and nothing else:
 * their folders, and the revisions that their bills name.
 *
 * @param entries - of the branch
 * @internal
 */
export function* shardArtifacts(
  { shard, clusters }: DeliveredShard,
  entries: readonly TreeEntry[],
  per: ArtifactUnit,
): Generator<Artifact> {
  const folders = new Map<string, ArtifactFile[]>();
  for (const entry of entries) {
    const folder = FOLDER.exec(entry.path)?.[0];
    if (folder === undefined || !isFile(entry)) continue;
    const files = folders.get(folder);
    if (files) files.push(entry);
    else folders.set(folder, [entry]);
  }
  const artifactOf = (name: string, members: typeof clusters): Artifact => {
    const bills = [...members.values()].map(({ bill }) => bill);
    const files = [
      ...[...members.keys()].map(cluster => `clusters/${cluster}`),
      ...namedRevisions(bills),
    ].flatMap(folder => folders.get(folder) ?? []);
    files.sort((a, b) => compareStrings(a.path, b.path));
    const repository = artifactRepository(per, name);
    return { repository, files, content: contentKey(files) };
  };
  if (per === 'shard') yield artifactOf(shard, clusters);
  else {
    for (const [name, cluster] of clusters) {
      yield artifactOf(name, new Map([[name, cluster]]));
    }
  }
}
