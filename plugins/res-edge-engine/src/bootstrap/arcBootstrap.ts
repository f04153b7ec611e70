import {
  FLUX_NAMESPACE,
  FLUX_REPOSITORY,
} from '../layout/revision/fluxKustomization';
import { BootstrapFile, BootstrapOptions } from './BootstrapOptions';

/** The same as {@link fluxBootstrap} gives, made by Azure Arc. @internal */
export function arcBootstrap(options: BootstrapOptions): BootstrapFile[] {
  const { cluster, url, branch, secret } = options;
  const command = [
    'az k8s-configuration flux create',
    `--resource-group "$RESOURCE_GROUP" --cluster-name ${cluster} --cluster-type connectedClusters`,
    `--name ${FLUX_REPOSITORY} --namespace ${FLUX_NAMESPACE} --scope cluster`,
    `--kind git --url '${url}' --branch ${branch} --interval 5m`,
    ...(secret === undefined ? [] : [`--local-auth-ref ${secret}`]),
    `--kustomization name=root path=./clusters/${cluster} prune=true disable_health_check=true sync_interval=10m retry_interval=1m`,
  ].join(' \\\n  ');
  return [
    {
      name: 'arc.sh',
      purpose:
        'For a cluster of Azure Arc, in place of res-edge.yaml: Arc installs Flux, and makes both objects. RESOURCE_GROUP is the one of the connected cluster.',
      content: `${command}\n`,
    },
    {
      name: 'arc.json',
      purpose:
        'The same as a template: az deployment group create --resource-group "$RESOURCE_GROUP" --template-file arc.json',
      content: `${JSON.stringify(template(options), undefined, 2)}\n`,
    },
  ];
}

function template(options: BootstrapOptions): object {
  const { cluster, url, branch, secret } = options;
  const scope = `Microsoft.Kubernetes/connectedClusters/${cluster}`;
  return {
    $schema:
      'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources: [
      {
        type: 'Microsoft.KubernetesConfiguration/fluxConfigurations',
        apiVersion: '2025-04-01',
        name: FLUX_REPOSITORY,
        scope,
        properties: {
          namespace: FLUX_NAMESPACE,
          scope: 'cluster',
          sourceKind: 'GitRepository',
          gitRepository: {
            url,
            repositoryRef: { branch },
            syncIntervalInSeconds: 300,
            timeoutInSeconds: 120,
            ...(secret !== undefined && { localAuthRef: secret }),
          },
          kustomizations: {
            root: {
              path: `./clusters/${cluster}`,
              prune: true,
              wait: false,
              syncIntervalInSeconds: 600,
              retryIntervalInSeconds: 60,
              timeoutInSeconds: 300,
            },
          },
        },
      },
    ],
  };
}
