import {
  FLUX_GROUP,
  FLUX_NAMESPACE,
  FLUX_REPOSITORY,
} from '../layout/revision/fluxKustomization';
import { toYaml } from '../layout/format/toYaml';
import { BootstrapFile, BootstrapOptions } from './BootstrapOptions';

const VOLUME = 'source-controller';
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
      content: `${toYaml(repository(options))}---\n${toYaml(root(options))}`,
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

function repository({ url, branch, secret }: BootstrapOptions): object {
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name: FLUX_REPOSITORY, namespace: FLUX_NAMESPACE },
    spec: {
      interval: '5m',
      ref: { branch },
      secretRef: secret === undefined ? undefined : { name: secret },
      timeout: '2m',
      url,
    },
  };
}

function root({ cluster }: BootstrapOptions): object {
  return {
    apiVersion: `${FLUX_GROUP}/v1`,
    kind: 'Kustomization',
    metadata: { name: FLUX_REPOSITORY, namespace: FLUX_NAMESPACE },
    spec: {
      interval: '10m',
      path: `./clusters/${cluster}`,
      prune: true,
      retryInterval: '1m',
      sourceRef: { kind: 'GitRepository', name: FLUX_REPOSITORY },
      timeout: '5m',
      // One application that is not ready must not keep the next bill away.
      wait: false,
    },
  };
}
