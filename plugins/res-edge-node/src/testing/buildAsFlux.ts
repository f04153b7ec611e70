import { ManifestBuilder } from '../ManifestBuilder';
import {
  BuiltObject,
  buildFolder,
  ClusterBuild,
  FileTree,
  parseObjects,
  reachedBy,
} from './buildFolder';

/**
 * Builds a cluster of a delivery branch as Flux does: its bill, then the path of each Flux Kustomization that the bill
 * gives, with `spec.components` appended to what stands there and `targetNamespace` set as `namespace`.
 *
 * For tests: what is built must be what the engine says.
 *
 * @param tree - all files of the branch
 * @param root - the root Kustomization of the cluster's bootstrap
 * @public
 */
export async function buildAsFlux(
  builder: ManifestBuilder,
  tree: FileTree,
  cluster: string,
  root?: BuiltObject,
): Promise<ClusterBuild> {
  const files = reachedBy(tree, cluster);
  const { patches = [] } = (root?.spec ?? {}) as { patches?: unknown[] };
  const folder = `clusters/${cluster}`;
  const bill = patches.length
    ? await buildFolder(builder, files, folder, { patches })
    : parseObjects(await builder.build(files, folder));
  const built = await Promise.all(
    bill
      .filter(object =>
        object.apiVersion.startsWith('kustomize.toolkit.fluxcd.io/'),
      )
      .map(
        async object =>
          [
            object.metadata.name,
            await buildKustomization(builder, files, object),
          ] as const,
      ),
  );
  return { bill, kustomizations: new Map(built) };
}

async function buildKustomization(
  builder: ManifestBuilder,
  tree: FileTree,
  object: BuiltObject,
): Promise<BuiltObject[]> {
  const spec = object.spec as {
    path: string;
    targetNamespace?: string;
    components?: string[];
  };
  return buildFolder(builder, tree, spec.path.replace(/^\.\//, ''), {
    namespace: spec.targetNamespace,
    components: spec.components,
  });
}
