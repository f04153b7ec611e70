import { parseAllDocuments, parseDocument, stringify } from 'yaml';
import { ManifestBuilder } from '../ManifestBuilder';
import { seesLocalConfig, withoutLocalMark } from './localConfig';

type Files = ReadonlyMap<string, string | Uint8Array>;

/** A Kubernetes object, as it was built. @public */
export interface BuiltObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string } & Record<string, unknown>;
  [field: string]: unknown;
}

/** What Flux would have on a cluster. @public */
export interface ClusterBuild {
  /** What the bill itself builds to: Flux Kustomizations, and what components of groups add. */
  readonly bill: readonly BuiltObject[];
  /** By name of the Flux Kustomization (`app-imdb`, `ns-point-of-sale`): what it applies. */
  readonly kustomizations: ReadonlyMap<string, readonly BuiltObject[]>;
}

/**
 * Builds a cluster of a delivery branch as Flux does: its bill, then the path of each Flux Kustomization that the bill
 * gives, with `spec.components` appended to what stands there and `targetNamespace` set as `namespace`.
 *
 * For tests: what is built must be what the engine says.
 *
 * @param tree - all files of the branch
 * @public
 */
export async function buildAsFlux(
  builder: ManifestBuilder,
  tree: Files,
  cluster: string,
): Promise<ClusterBuild> {
  const files = reachedBy(tree, cluster);
  const bill = parseObjects(await builder.build(files, `clusters/${cluster}`));
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

/** The files that a cluster can reach: its own, and those of the revisions that its bill names. */
function reachedBy(tree: Files, cluster: string): Files {
  const own = `clusters/${cluster}/`;
  const bill = Buffer.from(
    tree.get(`${own}kustomization.yaml`) ?? '',
  ).toString();
  const revisions = new Set(
    bill.match(/(?:apps|namespaces|groups)\/[^/\s]+\/revisions\/[0-9a-f]+\//g),
  );
  return new Map(
    [...tree].filter(([path]) => {
      const folder = path.split('/').slice(0, 4).join('/');
      return path.startsWith(own) || revisions.has(`${folder}/`);
    }),
  );
}

async function buildKustomization(
  builder: ManifestBuilder,
  tree: Files,
  object: BuiltObject,
): Promise<BuiltObject[]> {
  const spec = object.spec as {
    path: string;
    targetNamespace?: string;
    components?: string[];
  };
  const folder = spec.path.replace(/^\.\//, '');
  const file = `${folder}/kustomization.yaml`;
  const content = tree.get(file);
  if (content === undefined) throw new Error(`${file} is not in the tree`);
  const kustomization = parseDocument(Buffer.from(content).toString()).toJS();
  if (spec.targetNamespace !== undefined) {
    kustomization.namespace = spec.targetNamespace;
  }
  kustomization.components = [
    ...(kustomization.components ?? []),
    ...(spec.components ?? []),
  ];
  const changed = new Map(tree).set(file, stringify(kustomization));
  if (await seesLocalConfig(builder)) {
    return parseObjects(await builder.build(changed, folder));
  }
  for (const [path, values] of tree) {
    if (!path.endsWith('/values/kustomization.yaml')) continue;
    changed.set(path, withoutLocalMark(values));
  }
  return parseObjects(await builder.build(changed, folder)).filter(
    ({ metadata }) => metadata.name !== 'cluster-values',
  );
}

/** Reads what kustomize printed, as Kubernetes would. @public */
export function parseObjects(text: string): BuiltObject[] {
  const documents = parseAllDocuments(text, { schema: 'yaml-1.1' });
  if (!Array.isArray(documents)) return [];
  return documents.map(document => {
    if (document.errors.length > 0) throw document.errors[0];
    return document.toJS() as BuiltObject;
  });
}
