import {
  FLUX_GROUP,
  FLUX_NAMESPACE,
  FLUX_REPOSITORY,
} from '../layout/revision/fluxKustomization';
import { toYaml } from '../layout/format/toYaml';
import { fluxStatusManifests } from '../status';
import { BootstrapFile, BootstrapOptions } from './BootstrapOptions';
import { fluxMaintenance } from './fluxMaintenance';

const VOLUME = 'source-controller';
/** Of the layer of an artifact; an artifact of ours has one. */
const LAYER = 'application/vnd.cncf.flux.content.v1.tar+gzip';
/** Taken away is what is null. */
const OWN_VOLUME = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: source-controller
  namespace: ${FLUX_NAMESPACE}
spec:
  template:
    spec:
      volumes:
        - name: data
          emptyDir: null
          persistentVolumeClaim:
            claimName: ${VOLUME}
`;

/** What makes Flux on a cluster deliver what its shard holds for it. @internal */
export function fluxBootstrap(options: BootstrapOptions): BootstrapFile[] {
  const { maintenance, maintenanceImage } = options;
  return [
    {
      name: 'kustomization.yaml',
      purpose:
        'Installs Flux so that a store that starts without a link still has what it fetched last. Once: flux install --export > flux.yaml && kubectl apply --server-side -k .',
      content: toYaml(installation()),
    },
    {
      name: 'volume.yaml',
      purpose: 'The volume that keeps what source-controller has fetched.',
      content: toYaml(volume()),
    },
    {
      name: 'res-edge.yaml',
      purpose:
        'The only objects that do not come from Git. Once Flux is there: kubectl apply --server-side -f res-edge.yaml',
      content: `${toYaml(source(options))}---\n${toYaml(root(options))}`,
    },
    ...status(options),
    ...(maintenance && maintenanceImage !== undefined
      ? [
          fluxMaintenance(maintenance, {
            kind: sourceKind(options),
            image: maintenanceImage,
          }),
        ]
      : []),
  ];
}

function status({ cluster, statusUrl }: BootstrapOptions): BootstrapFile[] {
  if (statusUrl === undefined) return [];
  return [
    {
      name: 'status.yaml',
      purpose:
        "So that the cluster reports what became of it. First its own secret: kubectl -n flux-system create secret generic res-edge-status --from-literal=token=<the cluster's secret>. Then: kubectl apply --server-side -f status.yaml",
      content: fluxStatusManifests({ cluster, url: statusUrl }),
    },
  ];
}

/** Flux's own manifests, with a volume in place of the empty folder that source-controller starts with. */
function installation(): object {
  return {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: ['flux.yaml', 'volume.yaml'],
    patches: [
      {
        target: {
          kind: 'Deployment',
          name: 'source-controller',
          namespace: FLUX_NAMESPACE,
        },
        patch: OWN_VOLUME,
      },
    ],
  };
}

function volume(): object {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: VOLUME, namespace: FLUX_NAMESPACE },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '1Gi' } },
    },
  };
}

function source(options: BootstrapOptions): object {
  const { url, branch, secret, artifact } = options;
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: sourceKind(options),
    metadata: { name: FLUX_REPOSITORY, namespace: FLUX_NAMESPACE },
    spec: {
      insecure: artifact?.insecure || undefined,
      interval: '5m',
      layerSelector: artifact && { mediaType: LAYER, operation: 'extract' },
      ref: artifact ? { tag: artifact.tag } : { branch },
      secretRef: secret === undefined ? undefined : { name: secret },
      timeout: '2m',
      url,
    },
  };
}

function sourceKind({ artifact }: BootstrapOptions) {
  return artifact ? 'OCIRepository' : 'GitRepository';
}

/** Revisions name the Git repository, because they are the same by either way: what reads an artifact is told so. */
const FROM_ARTIFACT = [
  {
    target: { group: FLUX_GROUP, kind: 'Kustomization' },
    patch: toYaml([
      {
        op: 'replace',
        path: '/spec/sourceRef/kind',
        value: 'OCIRepository',
      },
    ]),
  },
];

function root(options: BootstrapOptions): object {
  const { cluster, artifact } = options;
  return {
    apiVersion: `${FLUX_GROUP}/v1`,
    kind: 'Kustomization',
    metadata: { name: FLUX_REPOSITORY, namespace: FLUX_NAMESPACE },
    spec: {
      interval: '10m',
      patches: artifact && FROM_ARTIFACT,
      path: `./clusters/${cluster}`,
      prune: true,
      retryInterval: '1m',
      sourceRef: { kind: sourceKind(options), name: FLUX_REPOSITORY },
      timeout: '5m',
      // One application that is not ready must not keep the next bill away.
      wait: false,
    },
  };
}
