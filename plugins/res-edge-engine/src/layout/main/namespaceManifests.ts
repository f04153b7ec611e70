import {
  EdgeNamespaceEntity,
  ResourceQuantities,
} from '@res-edge/backstage-plugin-res-edge-common';
import { FileMap } from '../../model';
import { toYaml } from '../format/toYaml';

type Isolation = NonNullable<EdgeNamespaceEntity['spec']['isolation']>;

/** What a namespace is that says nothing about it. */
const DEFAULT_ISOLATION: Isolation = 'baseline';
const POD_SECURITY: Record<Isolation, string> = {
  restricted: 'restricted',
  baseline: 'baseline',
  open: 'privileged',
};

/** The account as which a namespace's applications are applied, and the Kustomization of the namespace. @internal */
export function namespaceAccount(namespace: string): string {
  return `ns-${namespace}`;
}

/**
 * The Kubernetes objects of a namespace, one file each; only those that apply.
 *
 * @internal
 */
export function namespaceManifests(entity: EdgeNamespaceEntity): FileMap {
  const { spec } = entity;
  const isolation = spec.isolation ?? DEFAULT_ISOLATION;
  const files = new Map<string, string>();
  files.set('namespace.yaml', toYaml(namespaceObject(entity, isolation)));
  files.set('access.yaml', access(entity.metadata.name));
  const quota = hardQuota(spec.resources?.quota ?? {});
  if (Object.keys(quota).length > 0) {
    const object = objectOf(entity, 'v1', 'ResourceQuota', 'quota');
    files.set('quota.yaml', toYaml({ ...object, spec: { hard: quota } }));
  }
  const limits = limitsOf(spec.resources?.limits ?? {});
  if (limits.length > 0) {
    const object = objectOf(entity, 'v1', 'LimitRange', 'limits');
    files.set('limits.yaml', toYaml({ ...object, spec: { limits } }));
  }
  const policy = networkPolicy(isolation);
  if (policy) {
    const object = objectOf(
      entity,
      'networking.k8s.io/v1',
      'NetworkPolicy',
      'isolation',
    );
    files.set('network.yaml', toYaml({ ...object, spec: policy }));
  }
  return files;
}

function objectOf(
  entity: EdgeNamespaceEntity,
  apiVersion: string,
  kind: string,
  name: string,
) {
  const namespace = entity.metadata.name;
  return { apiVersion, kind, metadata: { name, namespace } };
}

function namespaceObject(entity: EdgeNamespaceEntity, isolation: Isolation) {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: entity.metadata.name,
      // One wrong selector must not delete every volume in the fleet.
      annotations:
        entity.spec.prune === 'delete'
          ? undefined
          : {
              'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
              'kustomize.toolkit.fluxcd.io/prune': 'disabled',
            },
      labels: {
        'app.kubernetes.io/managed-by': 'res-edge',
        'pod-security.kubernetes.io/enforce': POD_SECURITY[isolation],
        'pod-security.kubernetes.io/warn': POD_SECURITY[isolation],
      },
    },
  };
}

function access(namespace: string): string {
  const name = namespaceAccount(namespace);
  const account = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, namespace: 'flux-system' },
  };
  const binding = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name, namespace },
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name: 'admin',
    },
    subjects: [{ kind: 'ServiceAccount', name, namespace: 'flux-system' }],
  };
  return `${toYaml(account)}---\n${toYaml(binding)}`;
}

/** The quota counts requests, as the engine does. */
function hardQuota(quota: ResourceQuantities): Record<string, string> {
  const hard: Record<string, string> = {};
  if (quota.cpu !== undefined) hard['requests.cpu'] = String(quota.cpu);
  if (quota.memory !== undefined) {
    hard['requests.memory'] = String(quota.memory);
  }
  if (quota.storage !== undefined) {
    hard['requests.storage'] = String(quota.storage);
  }
  if (quota.pods !== undefined) hard.pods = String(quota.pods);
  return hard;
}

function limitsOf(limits: ResourceQuantities) {
  const container: Record<string, string> = {};
  if (limits.cpu !== undefined) container.cpu = String(limits.cpu);
  if (limits.memory !== undefined) container.memory = String(limits.memory);
  const zero = Object.fromEntries(
    Object.keys(container).map(resource => [resource, '0']),
  );
  return [
    ...(Object.keys(container).length > 0
      ? [
          {
            type: 'Container',
            max: container,
            default: container,
            // Otherwise Kubernetes takes the limit for the request, and counts what the engine does not.
            defaultRequest: zero,
          },
        ]
      : []),
    ...(limits.storage !== undefined
      ? [
          {
            type: 'PersistentVolumeClaim',
            max: { storage: String(limits.storage) },
          },
        ]
      : []),
  ];
}

function networkPolicy(isolation: Isolation) {
  if (isolation === 'open') return undefined;
  const sameNamespace = [{ podSelector: {} }];
  const ingress = [{ from: sameNamespace }];
  if (isolation === 'baseline') {
    return { podSelector: {}, policyTypes: ['Ingress'], ingress };
  }
  const names = {
    to: [
      {
        namespaceSelector: {
          matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' },
        },
      },
    ],
    ports: [
      { port: 53, protocol: 'UDP' },
      { port: 53, protocol: 'TCP' },
    ],
  };
  return {
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
    ingress,
    egress: [{ to: sameNamespace }, names],
  };
}
