import { GitOpsEngine } from '../../model';
import { namespaceAccount } from '../main/namespaceManifests';
import { parseAllowedKind } from '../capture/allowedKinds';
import { toYaml } from '../format/toYaml';
import { AddonAccount, addonAccount } from './addonAccess';
import {
  argoCdApplication,
  argoCdProject,
  ARGO_CD_NAMESPACE,
  ROOT_PROJECT,
} from './argoCd';
import {
  fluxKustomization,
  fluxNames,
  kustomization,
} from './fluxKustomization';

/** The names of what delivers on a cluster, by either engine. @internal */
export const deliveryNames = {
  application: (name: string) => `app-${name}`,
  namespace: (name: string) => `ns-${name}`,
};

/** Files of a revision by their path in it. */
type Files = Map<string, string>;

/** In the order of Argo CD's waves: what an application's objects need comes before them. */
const PROJECT_WAVE = -1;
const NAMESPACE_WAVE = 0;
/** Of applications that depend on nothing but their namespace; the bill says which come later. @internal */
export const FIRST_WAVE = 1;

/** What delivers an application. @internal */
export interface ApplicationDelivery {
  readonly name: string;
  readonly namespace: string;
  /** Of the revision. */
  readonly path: string;
  readonly digest: string;
  readonly dependsOn: readonly string[];
  /** Whether it waits for the add-ons of its namespace. */
  readonly waits: boolean;
  /** Whether it is applied as an account of its own, because not all of it goes into its namespace. */
  readonly ownAccount: boolean;
  /** Whether it is a Helm chart: what installs it is applied by what delivers, and says as whom. */
  readonly chart: boolean;
}

/** The objects of Flux or Argo CD that deliver an application. @internal */
export function applicationFiles(
  engine: GitOpsEngine,
  application: ApplicationDelivery,
): Files {
  const { name, namespace, path, digest, dependsOn, waits } = application;
  const { ownAccount, chart } = application;
  const file = `${deliveryNames.application(name)}.yaml`;
  const common = {
    name: deliveryNames.application(name),
    path: `${path}/manifests`,
    namespace: ownAccount || chart ? undefined : namespace,
  };
  const account = ownAccount ? addonAccount(name) : namespaceAccount(namespace);
  const project = ownAccount
    ? addonAccount(name)
    : deliveryNames.namespace(namespace);
  const content =
    engine === 'flux'
      ? fluxKustomization({
          ...common,
          revision: digest,
          account: chart ? undefined : account,
          // A chart is taken away as the account of its namespace, which must be there as long.
          staysUntilGone: chart,
          dependsOn: [
            deliveryNames.namespace(namespace),
            ...(waits ? [fluxNames.addons(namespace)] : []),
            ...dependsOn.map(deliveryNames.application),
          ],
        })
      : argoCdApplication({
          ...common,
          destination: chart ? ARGO_CD_NAMESPACE : namespace,
          project: chart ? ROOT_PROJECT : project,
          wave: FIRST_WAVE,
        });
  return folderOf(engine, new Map([[file, content]]));
}

/**
 * The objects of Flux or Argo CD that deliver a namespace.
 *
 * @param path - of the revision
 * @param addons - whether it has add-ons, which come before its applications
 * @param accounts - add-ons that are applied as accounts of their own
 * @internal
 */
export function namespaceFiles(
  engine: GitOpsEngine,
  name: string,
  path: string,
  addons: boolean,
  accounts: readonly AddonAccount[],
): Files {
  if (engine === 'argocd') return argoCdNamespace(name, path, accounts);
  const objects: Files = new Map();
  const own = deliveryNames.namespace(name);
  objects.set(
    `${own}.yaml`,
    fluxKustomization({ name: own, path: `${path}/manifests` }),
  );
  if (!addons) return folderOf(engine, objects);
  const stage = fluxNames.addons(name);
  // It applies nothing: each cluster's bill says on which add-ons it depends there.
  objects.set(
    `${stage}.yaml`,
    fluxKustomization({
      name: stage,
      path: `${path}/stage`,
      dependsOn: [own],
      account: namespaceAccount(name),
    }),
  );
  return folderOf(engine, objects).set(
    'stage/kustomization.yaml',
    toYaml({
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      namespace: name,
    }),
  );
}

function argoCdNamespace(
  name: string,
  path: string,
  accounts: readonly AddonAccount[],
): Files {
  const own = deliveryNames.namespace(name);
  const account = namespaceAccount(name);
  const move = (target: object, field: string) => ({
    target,
    patch: toYaml([{ op: 'replace', path: field, value: ARGO_CD_NAMESPACE }]),
  });
  const application = argoCdApplication({
    name: own,
    path: `${path}/manifests`,
    project: ROOT_PROJECT,
    wave: NAMESPACE_WAVE,
    // The account lives beside what delivers, out of reach of the applications.
    patches: [
      move({ kind: 'ServiceAccount', name: account }, '/metadata/namespace'),
      move({ kind: 'RoleBinding', name: account }, '/subjects/0/namespace'),
    ],
  });
  const project = argoCdProject({
    name: own,
    description: `Applications of the namespace ${name}`,
    wave: PROJECT_WAVE,
    // Which Applications there are is what the bill says, and nobody else.
    repositories: ['*'],
    namespaces: [name],
    account,
  });
  const files: Files = new Map([
    [`${own}.yaml`, application],
    ['project.yaml', toYaml(project)],
  ]);
  for (const addon of accounts) {
    const ownProject = addonProject(addon, name);
    files.set(`project-${addon.application}.yaml`, toYaml(ownProject));
  }
  return folderOf('argocd', files);
}

/** The project of an add-on that is applied as an account of its own. */
function addonProject(
  { application, allowedKinds }: AddonAccount,
  namespace: string,
): object {
  const kinds = allowedKinds.map(parseAllowedKind);
  const places = kinds.flatMap(kind => kind.namespace ?? []);
  return argoCdProject({
    name: addonAccount(application),
    description: `The add-on ${application}`,
    wave: PROJECT_WAVE,
    repositories: ['*'],
    namespaces: [...new Set([namespace, ...places.sort()])],
    clusterKinds: kinds
      .filter(({ isOfCluster }) => isOfCluster)
      .map(({ group, kind }) => ({ group, kind })),
    account: addonAccount(application),
  });
}

/** The files in the folder of the engine, with their description. */
function folderOf(engine: GitOpsEngine, objects: Files): Files {
  const names = [...objects.keys()].sort();
  const files: Files = new Map();
  for (const [file, content] of objects)
    files.set(`${engine}/${file}`, content);
  return files.set(`${engine}/kustomization.yaml`, kustomization(names));
}
