import { toYaml } from '../format/toYaml';

/** The group of Argo CD's objects. @internal */
export const ARGO_CD_GROUP = 'argoproj.io';

/** Where Argo CD lives on a cluster. @internal */
export const ARGO_CD_NAMESPACE = 'argocd';

/** The project of what the bootstrap and the bill bring: the root, and the Applications of namespaces. @internal */
export const ROOT_PROJECT = 'res-edge';

/** In which order the objects of one Application are applied, and in the reverse order taken away. @internal */
export const SYNC_WAVE = 'argocd.argoproj.io/sync-wave';

/** There is one Argo CD on each cluster. @internal */
export const THIS_CLUSTER = 'https://kubernetes.default.svc';

/** How Applications are applied. @internal */
export const SYNC_POLICY = {
  automated: { prune: true, selfHeal: true },
  retry: {
    limit: 10,
    backoff: { duration: '30s', factor: 2, maxDuration: '10m' },
  },
  // As Flux does; and what does not differ is not sent.
  syncOptions: ['ServerSideApply=true', 'ApplyOutOfSyncOnly=true'],
};

/** What differs between Applications. @internal */
export interface ArgoCdOptions {
  readonly name: string;
  /** The folder that it builds, from the root of the branch. */
  readonly path: string;
  readonly project: string;
  readonly wave: number;
  /** Where its objects go, whatever they say themselves. */
  readonly namespace?: string;
  /** Where those go that say nothing, if `namespace` is left out. */
  readonly destination?: string;
  readonly patches?: readonly { target: object; patch: string }[];
}

/**
 * An Argo CD Application, as YAML. The root Application puts the repository and the branch of the cluster into it, so
 * that a revision is the same in each shard.
 *
 * @internal
 */
export function argoCdApplication(options: ArgoCdOptions): string {
  const { name, path, project, wave, namespace, patches } = options;
  const { destination = namespace } = options;
  return toYaml({
    apiVersion: `${ARGO_CD_GROUP}/v1alpha1`,
    kind: 'Application',
    metadata: {
      name,
      namespace: ARGO_CD_NAMESPACE,
      annotations: { [SYNC_WAVE]: String(wave) },
      // What it applied goes with it, before anything of an earlier wave goes.
      finalizers: ['resources-finalizer.argocd.argoproj.io'],
    },
    spec: {
      destination: { server: THIS_CLUSTER, namespace: destination },
      project,
      source: {
        repoURL: 'set-by-the-root-application',
        targetRevision: 'set-by-the-root-application',
        path,
        kustomize: { namespace, patches },
      },
      syncPolicy: SYNC_POLICY,
    },
  });
}

/** What differs between projects. @internal */
export interface ArgoCdProjectOptions {
  readonly name: string;
  readonly description: string;
  readonly wave?: number;
  readonly repositories: readonly string[];
  /** Namespaces that its Applications may write to. */
  readonly namespaces: readonly string[];
  /** Kinds of the cluster that they may write. */
  readonly clusterKinds?: readonly { group: string; kind: string }[];
  /** The account of Argo CD's namespace as which they are applied. */
  readonly account: string;
}

/** An Argo CD AppProject: what its Applications may do, and as whom. @internal */
export function argoCdProject(options: ArgoCdProjectOptions) {
  const { name, description, wave, repositories, account } = options;
  const destinations = options.namespaces.map(namespace => ({
    server: THIS_CLUSTER,
    namespace,
  }));
  return {
    apiVersion: `${ARGO_CD_GROUP}/v1alpha1`,
    kind: 'AppProject',
    metadata: {
      name,
      namespace: ARGO_CD_NAMESPACE,
      annotations:
        wave === undefined ? undefined : { [SYNC_WAVE]: String(wave) },
    },
    spec: {
      description,
      sourceRepos: repositories,
      destinations,
      clusterResourceWhitelist: options.clusterKinds ?? [],
      destinationServiceAccounts: destinations.map(destination => ({
        ...destination,
        defaultServiceAccount: `${ARGO_CD_NAMESPACE}:${account}`,
      })),
    },
  };
}
