import { toYaml } from '../layout/format/toYaml';
import { FLUX_NAMESPACE } from '../layout/revision/fluxKustomization';

const NAME = 'res-edge-status';
const API_VERSION = 'notification.toolkit.fluxcd.io/v1beta3';

/** What a cluster needs to report. @public */
export interface FluxStatusOptions {
  readonly cluster: string;
  /** Where the backend is for the cluster, such as `https://portal.example.com/api/res-edge`. */
  readonly url: string;
}

/**
 * The Provider and the Alert with which Flux on a cluster reports to Res-Edge, as YAML: each reconciliation of each
 * Kustomization in `flux-system`. The Provider signs with the `token` of the Secret `res-edge-status`, which is the cluster's own
 * and never in Git.
 *
 * @public
 */
export function fluxStatusManifests({
  cluster,
  url,
}: FluxStatusOptions): string {
  const metadata = { name: NAME, namespace: FLUX_NAMESPACE };
  const address = `${url.replace(/\/+$/, '')}/v1/status/flux/${cluster}`;
  return [
    toYaml({
      apiVersion: API_VERSION,
      kind: 'Provider',
      metadata,
      spec: { type: 'generic-hmac', address, secretRef: { name: NAME } },
    }),
    toYaml({
      apiVersion: API_VERSION,
      kind: 'Alert',
      metadata,
      spec: {
        eventMetadata: { cluster },
        eventSeverity: 'info',
        eventSources: [{ kind: 'Kustomization', name: '*' }],
        providerRef: { name: NAME },
      },
    }),
  ].join('---\n');
}
