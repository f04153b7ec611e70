import { Bitmap } from '../../bitmap';
import { FileMap } from '../../model';
import { parseYaml, textOf } from '../format/parseYaml';
import { toYaml } from '../format/toYaml';
import { CLUSTER_VALUES } from '../revision/replacements';
import { ClusterKeys, Revision } from '../revision/Revision';
import { billText, componentGroup } from './bill';
import {
  FleetRevisions,
  PlacedApplication,
  PlacedGroup,
} from './FleetRevisions';

const CHECK = 'clusters/check';
/** What is in no namespace of an application lives beside what delivers it. */
const OWN_NAMESPACE = 'flux-system';
const FROM_MANIFESTS = '../../../../..';

/** Components of groups that meet in one build somewhere in the fleet. @public */
export interface ComponentCombination {
  /** Equal keys build alike, for ever. */
  readonly key: string;
  /** The application into whose build they go; into the clusters' own where left out. */
  readonly application?: string;
  /** Where what they bring belongs. */
  readonly namespace: string;
  /** What the application may bring beside what every application may. */
  readonly allowedKinds: readonly string[];
  /** In their order. */
  readonly components: readonly { group: string; path: string }[];
  /** What Flux would build there with the first of the components, and which dummies for which keys must not be left. */
  build(count?: number): {
    files: FileMap;
    folder: string;
    dummies: ReadonlyMap<string, string>;
  };
}

/** The key of a combination. @internal */
export function combinationKey(
  revision: Revision | undefined,
  paths: readonly string[],
): string {
  return [revision?.path ?? 'clusters', ...paths].join(' ');
}

/**
 * Each distinct combination of an application's revision with the components that it meets on some cluster, and of
 * components in the clusters' own builds. None where no group has components.
 *
 * @internal
 */
export function componentCombinations(
  revisions: FleetRevisions,
  size: number,
): ComponentCombination[] {
  const { applications, groups } = revisions;
  if (groups.length === 0) return [];
  const found = new Map<string, ComponentCombination>();
  const add = (
    clusters: Bitmap,
    application: PlacedApplication | undefined,
  ) => {
    for (const paths of pathsThatMeet(clusters, groups, application?.name)) {
      const key = combinationKey(application?.revision, paths);
      if (found.has(key)) continue;
      const components = paths.map(path => ({
        group: componentGroup(path)!.name,
        path,
      }));
      const build = (count = paths.length) =>
        buildOf(application, groups, paths.slice(0, count));
      found.set(key, {
        key,
        application: application?.name,
        namespace: application?.namespace ?? OWN_NAMESPACE,
        allowedKinds: application?.allowedKinds ?? [],
        components,
        build,
      });
    }
  };
  add(Bitmap.full(size), undefined);
  for (const application of applications) {
    if (application.revision) add(application.clusters, application);
  }
  return [...found.values()];
}

/** Parts clusters by the groups that they are in: each list of components that some cluster gets. */
function pathsThatMeet(
  clusters: Bitmap,
  groups: readonly PlacedGroup[],
  application: string | undefined,
): string[][] {
  let parts: { clusters: Bitmap; paths: string[] }[] = [
    { clusters, paths: [] },
  ];
  for (const group of groups) {
    const added = group.components
      .filter(line => line.application === application && !line.problem)
      .map(({ path }) => path);
    if (added.length === 0) continue;
    parts = parts.flatMap(part => [
      {
        clusters: part.clusters.clone().and(group.clusters),
        paths: [...part.paths, ...added],
      },
      {
        clusters: part.clusters.clone().andNot(group.clusters),
        paths: part.paths,
      },
    ]);
    parts = parts.filter(part => !part.clusters.isEmpty());
  }
  return parts.map(({ paths }) => paths).filter(paths => paths.length > 0);
}

function buildOf(
  application: PlacedApplication | undefined,
  groups: readonly PlacedGroup[],
  paths: readonly string[],
): ReturnType<ComponentCombination['build']> {
  const files = new Map<string, string | Uint8Array>();
  const addAll = ({ path, files: content }: Revision) => {
    for (const [file, bytes] of content) files.set(`${path}/${file}`, bytes);
  };
  for (const { revision } of groups) {
    const meets = (path: string) => path.startsWith(`${revision?.path}/`);
    if (revision && paths.some(meets)) addAll(revision);
  }
  const read = groups
    .flatMap(({ components }) => components)
    .filter(({ path }) => paths.includes(path));
  const dummies = new Map(read.flatMap(component => [...component.dummies]));
  const revision = application?.revision;
  const keys = [revision, ...read].flatMap(part => part?.clusterKeys ?? []);
  files.set(`${CHECK}/values/kustomization.yaml`, anyValues(keys));
  if (!revision) {
    const components = paths.map(path => ({ path }));
    const empty = { namespaces: [], applications: [], addons: new Map() };
    const bill = { cluster: 'check', ...empty, groups: [], components };
    files.set(`${CHECK}/kustomization.yaml`, billText(bill));
    return { files, folder: CHECK, dummies };
  }
  addAll(revision);
  const folder = `${revision.path}/manifests`;
  const file = `${folder}/kustomization.yaml`;
  const description = parseYaml(textOf(files.get(file)!)) as object;
  const components = [`${CHECK}/values`, ...paths].map(
    path => `${FROM_MANIFESTS}/${path}`,
  );
  // Without the namespace that Flux sets, so that what is meant for another one is seen.
  files.set(file, toYaml({ ...description, components }));
  return { files, folder, dummies };
}

/** Some value of its type for each key: which one makes no difference to whether it builds. */
function anyValues(keys: readonly ClusterKeys[]): string {
  const values = new Map(
    keys
      .flatMap(clusterKeys => [...clusterKeys])
      .map(([key, types]) => [key, types.has('boolean') ? 'true' : '1']),
  );
  return toYaml({
    apiVersion: 'kustomize.config.k8s.io/v1alpha1',
    kind: 'Component',
    configMapGenerator: [
      {
        name: CLUSTER_VALUES,
        options: {
          annotations: { 'config.kubernetes.io/local-config': 'true' },
          disableNameSuffixHash: true,
        },
        literals: [...values].map(([key, value]) => `${key}=${value}`),
      },
    ],
  });
}
