import { toYaml } from '../format/toYaml';

/** Where Flux and its Kustomizations are on a cluster. @internal */
export const FLUX_NAMESPACE = 'flux-system';
/** The GitRepository that the bootstrap makes. @internal */
export const FLUX_REPOSITORY = 'res-edge';
/** What Flux adds to each event of the object: so a report names the revision that it is about. */
const REVISION_ANNOTATION = 'event.toolkit.fluxcd.io/res-edge-revision';

/** The group of Flux's Kustomization. @internal */
export const FLUX_GROUP = 'kustomize.toolkit.fluxcd.io';

/** Names that Flux alone has. @internal */
export const fluxNames = {
  /** Ready when all add-ons of the namespace are. */
  addons: (namespace: string) => `addons-${namespace}`,
};

/** What differs between Kustomizations. @internal */
export interface FluxOptions {
  readonly name: string;
  /** The folder that it builds, from the root of the branch. */
  readonly path: string;
  readonly dependsOn?: readonly string[];
  /** Where its objects go, and the account that applies them. */
  readonly namespace?: string;
  readonly account?: string;
  /** The digest of the revision that it is of. */
  readonly revision?: string;
  /** Whether it is there until all is gone that it takes away. */
  readonly staysUntilGone?: boolean;
}

/** A Flux Kustomization, as YAML. @internal */
export function fluxKustomization(options: FluxOptions): string {
  const { name, path, dependsOn = [], namespace, account, revision } = options;
  const { staysUntilGone } = options;
  return toYaml({
    apiVersion: `${FLUX_GROUP}/v1`,
    kind: 'Kustomization',
    metadata: {
      annotations:
        revision === undefined
          ? undefined
          : { [REVISION_ANNOTATION]: revision },
      name,
      namespace: FLUX_NAMESPACE,
    },
    spec: {
      deletionPolicy: staysUntilGone ? 'WaitForTermination' : undefined,
      dependsOn:
        dependsOn.length > 0
          ? dependsOn.map(dependency => ({ name: dependency }))
          : undefined,
      interval: '10m',
      path: `./${path}`,
      prune: true,
      retryInterval: '1m',
      serviceAccountName: account,
      sourceRef: { kind: 'GitRepository', name: FLUX_REPOSITORY },
      targetNamespace: namespace,
      timeout: '5m',
      wait: true,
    },
  });
}

/** The description of a folder of manifests, as YAML. @internal */
export function kustomization(
  resources: readonly string[],
  replacements: readonly unknown[] = [],
): string {
  return toYaml({
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources,
    replacements: replacements.length > 0 ? replacements : undefined,
  });
}
