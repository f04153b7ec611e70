import { ManifestBuilder } from '../ManifestBuilder';
import {
  Additions,
  buildFolder,
  BuiltObject,
  ClusterBuild,
  FileTree,
  reachedBy,
} from './buildFolder';

/** The source of an Argo CD Application. */
interface Source {
  readonly path: string;
  readonly kustomize?: Additions;
}

/**
 * Builds a cluster of a delivery branch as Argo CD does: its root Application, then each Application that this gives, with
 * the `namespace`, the `patches` and the `components` of `spec.source.kustomize` added to what stands in its folder.
 *
 * For tests: what is built must be what the engine says.
 *
 * @param tree - all files of the branch
 * @param root - the root Application of the cluster's bootstrap
 * @public
 */
export async function buildAsArgoCd(
  builder: ManifestBuilder,
  tree: FileTree,
  cluster: string,
  root: BuiltObject = rootOf(cluster),
): Promise<ClusterBuild> {
  const files = reachedBy(tree, cluster);
  const build = (application: BuiltObject) => {
    const { path, kustomize = {} } = sourceOf(application);
    return buildFolder(builder, files, path, kustomize);
  };
  const bill = await build(root);
  const built = await Promise.all(
    bill
      .filter(({ kind, apiVersion }) =>
        `${apiVersion}/${kind}`.match(/^argoproj\.io\/.*\/Application$/),
      )
      .map(
        async object => [object.metadata.name, await build(object)] as const,
      ),
  );
  return { bill, kustomizations: new Map(built) };
}

function sourceOf(application: BuiltObject): Source {
  return (application.spec as { source: Source }).source;
}

function rootOf(cluster: string): BuiltObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'res-edge' },
    spec: { source: { path: `clusters/${cluster}` } },
  };
}
