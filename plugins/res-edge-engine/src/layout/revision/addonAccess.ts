import { GitOpsEngine } from '../../model';
import { AllowedKind, parseAllowedKind } from '../capture/allowedKinds';
import { toYaml } from '../format/toYaml';
import { ARGO_CD_NAMESPACE } from './argoCd';
import { FLUX_NAMESPACE } from './fluxKustomization';

/** An add-on that brings kinds for which it needs leave, and so is applied as an account of its own. @internal */
export interface AddonAccount {
  readonly application: string;
  readonly allowedKinds: readonly string[];
}

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const RBAC = 'rbac.authorization.k8s.io';
const ALL_VERBS = [
  ...['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
];
/**
 * They outlive the add-on: the engine takes its objects away as this account, at the same time as what is here. An
 * account as which nothing is applied can do nothing.
 */
const STAYS = {
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
};

/** The account as which such an add-on is applied. @internal */
export function addonAccount(application: string): string {
  return `app-${application}`;
}

/**
 * The account with what it may do: all in the namespace of the add-on, as others there, and beside that just what its
 * kinds need.
 *
 * @internal
 */
export function addonAccess(
  { application, allowedKinds }: AddonAccount,
  namespace: string,
  engine: GitOpsEngine,
): string {
  const account = {
    kind: 'ServiceAccount',
    name: addonAccount(application),
    namespace: engine === 'flux' ? FLUX_NAMESPACE : ARGO_CD_NAMESPACE,
  };
  const kinds = allowedKinds.map(parseAllowedKind);
  const objects = [
    objectOf('v1', 'ServiceAccount', account),
    bindingOf({ kind: 'ClusterRole', name: 'admin' }, account, {
      name: account.name,
      namespace,
    }),
    ...roleOf(
      kinds.filter(({ isOfCluster }) => isOfCluster),
      account,
    ),
  ];
  const places = new Set(
    kinds
      .filter(({ isOfCluster }) => !isOfCluster)
      .map(kind => kind.namespace ?? namespace),
  );
  for (const place of [...places].sort()) {
    const here = kinds.filter(
      kind => !kind.isOfCluster && (kind.namespace ?? namespace) === place,
    );
    objects.push(...roleOf(here, account, place));
  }
  return objects.map(toYaml).join('---\n');
}

/** A role for these kinds, in a namespace or for the cluster, and its binding; nothing where there are none. */
function roleOf(
  kinds: readonly AllowedKind[],
  account: { name: string; namespace: string },
  namespace?: string,
): object[] {
  if (kinds.length === 0) return [];
  const kind = namespace === undefined ? 'ClusterRole' : 'Role';
  // Not the name of the binding to `admin`, and one that says in the cluster whose it is.
  const place = { name: `res-edge-${account.name}-kinds`, namespace };
  return [
    { ...objectOf(`${RBAC}/v1`, kind, place), rules: rulesFor(kinds) },
    bindingOf({ kind, name: place.name }, account, place),
  ];
}

function rulesFor(kinds: readonly AllowedKind[]): Rule[] {
  return kinds.flatMap(({ kind, group, resource }): Rule[] => {
    const own = { apiGroups: [group], resources: [resource], verbs: ALL_VERBS };
    if (group !== RBAC) return [own];
    // Kubernetes lets nobody give more than he has, unless he is told that he may.
    return kind.endsWith('Binding')
      ? [
          own,
          {
            apiGroups: [RBAC],
            resources:
              kind === 'RoleBinding'
                ? ['clusterroles', 'roles']
                : ['clusterroles'],
            verbs: ['bind'],
          },
        ]
      : [{ ...own, verbs: [...ALL_VERBS, 'escalate'] }];
  });
}

function bindingOf(
  role: { kind: string; name: string },
  { name, namespace }: { name: string; namespace: string },
  place: { name: string; namespace?: string },
): object {
  const kind =
    place.namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding';
  return {
    ...objectOf(`${RBAC}/v1`, kind, place),
    roleRef: { apiGroup: RBAC, ...role },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  };
}

function objectOf(
  apiVersion: string,
  kind: string,
  { name, namespace }: { name: string; namespace?: string },
): object {
  return {
    apiVersion,
    kind,
    metadata: { name, namespace, annotations: STAYS },
  };
}
