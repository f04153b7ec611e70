import { InputError } from '@backstage/errors';
import { stringify } from 'yaml';

/**
 * What an application's first manifests are made from.
 *
 * @internal
 */
export interface SkeletonOptions {
  readonly name: string;
  readonly port: number;
  /** Path that answers 200 when the application is ready; without it, an open port is enough. */
  readonly healthPath?: string;
  readonly requests: { readonly cpu: string; readonly memory: string };
  /** Keys of the application's values; each but the image reaches the container as an environment variable. */
  readonly values: readonly string[];
}

/** The value that holds the container image, so that a release can change it without other manifests. @internal */
export const IMAGE_VALUE = 'image';

/** Any user but root that no image gives a meaning to. */
const USER = 10001;

/**
 * A kustomize base by file name: a Deployment that passes the pod security standard `restricted`, and a Service. Its
 * placeholders are filled in for each cluster by Res-Edge.
 *
 * @throws InputError where two values would be one environment variable
 * @internal
 */
export function applicationSkeleton(
  options: SkeletonOptions,
): Map<string, string> {
  return new Map(
    Object.entries({
      'deployment.yaml': deployment(options),
      'kustomization.yaml': {
        apiVersion: 'kustomize.config.k8s.io/v1beta1',
        kind: 'Kustomization',
        resources: ['deployment.yaml', 'service.yaml'],
      },
      'service.yaml': service(options),
    }).map(([file, content]) => [file, stringify(content, { lineWidth: 0 })]),
  );
}

function environment(keys: readonly string[]): object[] {
  const variables = new Map([['CLUSTER', 'cluster.name']]);
  for (const key of keys) {
    if (key === IMAGE_VALUE) continue;
    const name = variableOf(key);
    if (variables.has(name)) {
      throw new InputError(
        `values.${key}: its environment variable ${name} is taken by ${variables.get(
          name,
        )}`,
      );
    }
    variables.set(name, `application.${key}`);
  }
  return [...variables].map(([name, placeholder]) => ({
    name,
    value: `\${{ ${placeholder} }}`,
  }));
}

/** The name of the environment variable for a value: `logLevel` is `LOG_LEVEL`. */
function variableOf(key: string): string {
  return key
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^(?=\d)/, '_')
    .toUpperCase();
}

function deployment(options: SkeletonOptions): object {
  const { name, port, healthPath, requests, values } = options;
  const labels = { 'app.kubernetes.io/name': name };
  const check = healthPath
    ? { httpGet: { path: healthPath, port: 'http' } }
    : { tcpSocket: { port: 'http' } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name,
      labels: {
        ...labels,
        'app.kubernetes.io/version': '${{ application.version }}',
      },
    },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          automountServiceAccountToken: false,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: USER,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [
            {
              name: 'app',
              image: `\${{ application.${IMAGE_VALUE} }}`,
              ports: [{ name: 'http', containerPort: port }],
              env: environment(values),
              resources: { requests, limits: { memory: requests.memory } },
              readinessProbe: { ...check, periodSeconds: 10 },
              livenessProbe: { ...check, periodSeconds: 20 },
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
  };
}

function service({ name }: SkeletonOptions): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: {
      selector: { 'app.kubernetes.io/name': name },
      ports: [{ name: 'http', port: 80, targetPort: 'http' }],
    },
  };
}
