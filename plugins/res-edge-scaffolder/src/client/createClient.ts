import {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import {
  ResEdgeApi,
  ResEdgeClient,
  ResEdgeRequestOptions,
} from '@res-edge/backstage-plugin-res-edge-common';

/**
 * What a call to the Res-Edge backend needs of an action's context.
 *
 * @internal
 */
export interface Caller {
  getInitiatorCredentials(): Promise<BackstageCredentials>;
  readonly signal?: AbortSignal;
}

/**
 * The Res-Edge backend, called in the name of whoever started the task.
 *
 * @internal
 */
export interface ResEdgeCaller {
  readonly api: ResEdgeApi;
  /** For one call: tokens are short-lived. */
  optionsFor(caller: Caller): Promise<ResEdgeRequestOptions>;
}

/**
 * What an action needs to call the Res-Edge backend.
 *
 * @internal
 */
export interface ClientOptions {
  readonly auth: AuthService;
  readonly discovery: DiscoveryService;
}

/**
 * Calls the Res-Edge backend in the name of whoever started the task, so that their permissions hold.
 *
 * @internal
 */
export function createClient({
  auth,
  discovery,
}: ClientOptions): ResEdgeCaller {
  return {
    api: new ResEdgeClient({ discoveryApi: discovery }),
    async optionsFor(caller) {
      const { token } = await auth.getPluginRequestToken({
        onBehalfOf: await caller.getInitiatorCredentials(),
        targetPluginId: 'res-edge',
      });
      return { token, signal: caller.signal };
    },
  };
}
