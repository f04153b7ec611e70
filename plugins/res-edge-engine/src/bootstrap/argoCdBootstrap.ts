import { toYaml } from '../layout/format/toYaml';
import {
  argoCdProject,
  ARGO_CD_GROUP,
  ARGO_CD_NAMESPACE,
  ROOT_PROJECT,
  THIS_CLUSTER,
} from '../layout/revision/argoCd';
import { BootstrapFile, BootstrapOptions } from './BootstrapOptions';
import { cronStretches } from './cronLines';
import { Maintenance } from './Maintenance';

/** The account of Argo CD's own controller: it applies namespaces, as Flux's does. */
const CONTROLLER = 'argocd-application-controller';

/**
 * Argo CD by itself says nothing of the health of an Application, so that no wave would wait for one. It is healthy when
 * what it applied is, and that is the revision that it shall apply: paths of revisions name their content, and charts
 * have a version.
 */
const APPLICATION_HEALTH = `hs = { status = "Progressing", message = "waits for its first comparison" }
local status = obj.status
if status == nil or status.health == nil or status.sync == nil then
  return hs
end
hs.message = status.health.message or ""
local compared = status.sync.comparedTo
if compared == nil or compared.source == nil or compared.source.path ~= obj.spec.source.path
  or compared.source.targetRevision ~= obj.spec.source.targetRevision then
  hs.message = "has not seen its new revision yet"
  return hs
end
if status.sync.status ~= "Synced" then
  hs.message = "is not synced"
  return hs
end
hs.status = status.health.status or "Progressing"
return hs
`;

/**
 * What of its repo-server has to differ: it takes artifacts of Flux's type, too, and looks soon what a tag names now; by itself it
 * keeps that for a day.
 */
const ARTIFACT_SETTINGS = {
  'reposerver.oci.layer.media.types': [
    'application/vnd.oci.image.layer.v1.tar+gzip',
    'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
    'application/vnd.cncf.flux.content.v1.tar+gzip',
  ].join(','),
  'reposerver.repo.cache.expiration': '3m',
};

/** What makes Argo CD on a cluster deliver what its shard holds for it. @internal */
export function argoCdBootstrap(options: BootstrapOptions): BootstrapFile[] {
  return [
    {
      name: 'argocd-cm.yaml',
      purpose:
        'Settings of Argo CD: applications are applied as the accounts of their namespaces, and waves wait for what comes before. Once Argo CD is there: kubectl apply --server-side --force-conflicts -f argocd-cm.yaml, then restart its controller.',
      content: toYaml(
        settings('argocd-cm', {
          'application.sync.impersonation.enabled': 'true',
          'resource.customizations.health.argoproj.io_Application':
            APPLICATION_HEALTH,
        }),
      ),
    },
    ...artifactSettings(options),
    {
      name: 'res-edge.yaml',
      purpose:
        'The only objects that do not come from Git. Then: kubectl apply --server-side -f res-edge.yaml',
      content: `${toYaml(rootProject(options))}---\n${toYaml(root(options))}`,
    },
  ];
}

function artifactSettings({ artifact }: BootstrapOptions): BootstrapFile[] {
  if (!artifact) return [];
  return [
    {
      name: 'argocd-cmd-params-cm.yaml',
      purpose:
        'Settings of its repo-server, 3.1 or newer, for artifacts: kubectl apply --server-side --force-conflicts -f argocd-cmd-params-cm.yaml, then restart it.',
      content: toYaml(settings('argocd-cmd-params-cm', ARTIFACT_SETTINGS)),
    },
  ];
}

function settings(name: string, data: Record<string, string>): object {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name,
      namespace: ARGO_CD_NAMESPACE,
      labels: {
        'app.kubernetes.io/name': name,
        'app.kubernetes.io/part-of': 'argocd',
      },
    },
    data,
  };
}

/** From where the cluster reads: its branch, or its artifact. */
function sourceOf({ url, branch, artifact }: BootstrapOptions) {
  return { repoURL: url, targetRevision: artifact?.tag ?? branch };
}

function rootProject(options: BootstrapOptions): object {
  const { maintenance } = options;
  const project = argoCdProject({
    name: ROOT_PROJECT,
    description: 'What Res-Edge delivers: the bill, and the namespaces on it',
    repositories: [sourceOf(options).repoURL],
    namespaces: ['*'],
    clusterKinds: [
      { group: '', kind: 'Namespace' },
      // Of add-ons that need accounts of their own.
      { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
      { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' },
    ],
    account: CONTROLLER,
  });
  if (!maintenance) return project;
  const syncWindows = syncWindowsOf(maintenance);
  return { ...project, spec: { ...project.spec, syncWindows } };
}

/** Argo CD syncs by itself within these alone; people may at any time. */
function syncWindowsOf({ timeZone, openings }: Maintenance): object[] {
  return cronStretches(openings).map(({ schedule, minutes }) => ({
    kind: 'allow',
    schedule,
    duration: `${minutes}m`,
    timeZone,
    applications: ['*'],
    manualSync: true,
  }));
}

/** What the projects of namespaces and add-ons get that this cluster alone has. */
function projectPatches({ maintenance }: BootstrapOptions): object[] {
  if (!maintenance) return [];
  const value = syncWindowsOf(maintenance);
  return [
    {
      target: { group: ARGO_CD_GROUP, kind: 'AppProject', name: '(app|ns)-.+' },
      patch: toYaml([{ op: 'add', path: '/spec/syncWindows', value }]),
    },
  ];
}

/** Without a finalizer: who takes it away takes nothing away from the cluster. */
function root(options: BootstrapOptions): object {
  const { cluster } = options;
  const source = sourceOf(options);
  const replace = (field: string, value: string) => ({
    op: 'replace',
    path: `/spec/source/${field}`,
    value,
  });
  return {
    apiVersion: `${ARGO_CD_GROUP}/v1alpha1`,
    kind: 'Application',
    metadata: { name: 'res-edge', namespace: ARGO_CD_NAMESPACE },
    spec: {
      destination: { server: THIS_CLUSTER, namespace: ARGO_CD_NAMESPACE },
      project: ROOT_PROJECT,
      source: {
        ...source,
        path: `clusters/${cluster}`,
        kustomize: {
          patches: [
            {
              target: {
                group: ARGO_CD_GROUP,
                kind: 'Application',
                name: '(app|ns)-.+',
              },
              patch: toYaml([
                replace('repoURL', source.repoURL),
                replace('targetRevision', source.targetRevision),
              ]),
            },
            ...projectPatches(options),
          ],
        },
      },
      syncPolicy: {
        // The bill of a cluster that retires becomes empty.
        automated: { prune: true, selfHeal: true, allowEmpty: true },
        retry: {
          limit: 10,
          backoff: { duration: '30s', factor: 2, maxDuration: '10m' },
        },
        syncOptions: ['ServerSideApply=true'],
      },
    },
  };
}
