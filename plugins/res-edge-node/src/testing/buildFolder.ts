import { parseAllDocuments, parseDocument, stringify } from 'yaml';
import { ManifestBuilder } from '../ManifestBuilder';
import { seesLocalConfig, withoutLocalMark } from './localConfig';

/** All files of a branch, or those that a build can reach. @public */
export type FileTree = ReadonlyMap<string, string | Uint8Array>;

/** A Kubernetes object, as it was built. @public */
export interface BuiltObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string } & Record<string, unknown>;
  [field: string]: unknown;
}

/** What a GitOps engine would have on a cluster. @public */
export interface ClusterBuild {
  /** What the bill itself builds to: objects of the engine, and what components of groups add. */
  readonly bill: readonly BuiltObject[];
  /** By name of the Flux Kustomization, or of the Argo CD Application (`app-imdb`, `ns-point-of-sale`): what it applies. */
  readonly kustomizations: ReadonlyMap<string, readonly BuiltObject[]>;
}

/** What an engine adds to a `kustomization.yaml` before it builds. @internal */
export interface Additions {
  readonly namespace?: string;
  readonly components?: readonly string[];
  readonly patches?: readonly unknown[];
}

/** Builds a folder as both engines do: what they add is appended to what stands in its description. @internal */
export async function buildFolder(
  builder: ManifestBuilder,
  tree: FileTree,
  folder: string,
  { namespace, components = [], patches = [] }: Additions,
): Promise<BuiltObject[]> {
  const file = `${folder}/kustomization.yaml`;
  const content = tree.get(file);
  if (content === undefined) throw new Error(`${file} is not in the tree`);
  const kustomization = parseDocument(Buffer.from(content).toString()).toJS();
  if (namespace !== undefined) kustomization.namespace = namespace;
  const append = (field: string, items: readonly unknown[]) => {
    if (items.length === 0) return;
    kustomization[field] = [...(kustomization[field] ?? []), ...items];
  };
  append('components', components);
  append('patches', patches);
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

/** The files that a cluster can reach: its own, and those of the revisions that its bill names. @internal */
export function reachedBy(tree: FileTree, cluster: string): FileTree {
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

/** Reads what kustomize printed, as Kubernetes would. @public */
export function parseObjects(text: string): BuiltObject[] {
  const documents = parseAllDocuments(text, { schema: 'yaml-1.1' });
  if (!Array.isArray(documents)) return [];
  return documents.map(document => {
    if (document.errors.length > 0) throw document.errors[0];
    return document.toJS() as BuiltObject;
  });
}
