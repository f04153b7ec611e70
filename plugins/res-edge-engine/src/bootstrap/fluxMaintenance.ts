import {
  FLUX_NAMESPACE,
  FLUX_REPOSITORY,
} from '../layout/revision/fluxKustomization';
import { toYaml } from '../layout/format/toYaml';
import { BootstrapFile } from './BootstrapOptions';
import { cronLines } from './cronLines';
import { Maintenance } from './Maintenance';

const NAME = 'res-edge-maintenance';
const GROUP = 'source.toolkit.fluxcd.io';

/** The objects from which a cluster may read, as the API names many of them. */
const RESOURCES = {
  GitRepository: 'gitrepositories',
  OCIRepository: 'ocirepositories',
} as const;

type SourceKind = keyof typeof RESOURCES;

/**
 * Lets the source fetch once, and suspends it again, also where it cannot reach what it reads. It is open for seconds, so
 * that a store which loses its power within a window does not come back with an open source.
 */
function scriptOf(source: string): string {
  return `set -u
patch() { kubectl patch ${source} ${FLUX_REPOSITORY} --type=merge --patch "$1"; }
trap 'patch "{\\"spec\\":{\\"suspend\\":true}}"' EXIT
trap 'exit 1' INT TERM
patch "{\\"spec\\":{\\"suspend\\":false},\\"metadata\\":{\\"annotations\\":{\\"reconcile.fluxcd.io/requestedAt\\":\\"$POD\\"}}}"
kubectl wait ${source}/${FLUX_REPOSITORY} --for=jsonpath='{.status.lastHandledReconcileAt}'="$POD" --timeout=150s || true
`;
}

/** What lets a cluster with Flux take in what is delivered within its window alone. @internal */
export function fluxMaintenance(
  { timeZone, openings }: Maintenance,
  { kind, image }: { kind: SourceKind; image: string },
): BootstrapFile {
  const source = kind.toLowerCase();
  const metadata = { name: NAME, namespace: FLUX_NAMESPACE };
  const objects = [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata,
      rules: [
        {
          apiGroups: [GROUP],
          resources: [RESOURCES[kind]],
          resourceNames: [FLUX_REPOSITORY],
          verbs: ['get', 'list', 'watch', 'patch'],
        },
      ],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata,
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'Role',
        name: NAME,
      },
      subjects: [{ kind: 'ServiceAccount', ...metadata }],
    },
    ...cronLines(openings).map((schedule, index) =>
      cronJob(`${NAME}-${index + 1}`, {
        ...{ schedule, timeZone, image },
        script: scriptOf(source),
      }),
    ),
  ];
  return {
    name: 'maintenance.yaml',
    purpose: `Holds by itself what is delivered outside of the windows of this cluster, also when it comes back online then. After res-edge.yaml: kubectl apply --server-side -f maintenance.yaml, then kubectl -n ${FLUX_NAMESPACE} patch ${source} ${FLUX_REPOSITORY} --type=merge -p '{"spec":{"suspend":true}}'`,
    content: objects.map(object => toYaml(object)).join('---\n'),
  };
}

function cronJob(
  name: string,
  options: {
    schedule: string;
    timeZone: string;
    image: string;
    script: string;
  },
): object {
  const { schedule, timeZone, image, script } = options;
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name, namespace: FLUX_NAMESPACE },
    spec: {
      schedule,
      timeZone,
      concurrencyPolicy: 'Forbid',
      // What was missed while the store had no power is not done later.
      startingDeadlineSeconds: 60,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 1,
      jobTemplate: {
        spec: {
          backoffLimit: 0,
          activeDeadlineSeconds: 300,
          template: {
            spec: {
              serviceAccountName: NAME,
              restartPolicy: 'Never',
              securityContext: {
                runAsNonRoot: true,
                runAsUser: 65534,
                seccompProfile: { type: 'RuntimeDefault' },
              },
              containers: [
                {
                  name: 'fetch',
                  image,
                  command: ['sh', '-c', script],
                  env: [
                    {
                      name: 'POD',
                      valueFrom: { fieldRef: { fieldPath: 'metadata.name' } },
                    },
                  ],
                  resources: {
                    requests: { cpu: '10m', memory: '32Mi' },
                    limits: { memory: '128Mi' },
                  },
                  securityContext: {
                    allowPrivilegeEscalation: false,
                    readOnlyRootFilesystem: true,
                    capabilities: { drop: ['ALL'] },
                  },
                },
              ],
            },
          },
        },
      },
    },
  };
}
