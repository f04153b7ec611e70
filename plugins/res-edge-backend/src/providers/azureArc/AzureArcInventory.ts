import { TokenCredential } from '@azure/core-auth';
import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { HumanDuration } from '@backstage/types';
import {
  ClusterInventoryProvider,
  ProvidedCluster,
} from '@res-edge/backstage-plugin-res-edge-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { ResourceGraphClient } from './ResourceGraphClient';
import { TagMapping, toCluster } from './toCluster';

const KEY = 'resEdge.providers.azureArc';
const TYPES = {
  arc: 'microsoft.kubernetes/connectedclusters',
  aks: 'microsoft.containerservice/managedclusters',
};

/** The Kubernetes clusters that Azure knows: those of Azure Arc, and of AKS if asked for. @internal */
export class AzureArcInventory implements ClusterInventoryProvider {
  /**
   * @param options - what configuration gives where left out
   * @returns undefined where `resEdge.providers.azureArc` is not configured
   * @throws InputError that names the key
   */
  static fromConfig(
    root: Config,
    options: {
      credential?: TokenCredential;
      wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
    } = {},
  ): AzureArcInventory | undefined {
    const config = root.getOptionalConfig(KEY);
    if (!config) return undefined;
    const client = ResourceGraphClient.create({
      endpoint: readEndpoint(config),
      credential: options.credential ?? lazyCredential(config),
      wait:
        options.wait ??
        (async (milliseconds, signal) => {
          await sleep(milliseconds, undefined, { signal });
        }),
    });
    return new AzureArcInventory(
      client,
      readTypes(config),
      config.getOptionalStringArray('subscriptions'),
      readTagMapping(config.getOptionalConfig('tags')),
      config.has('frequency')
        ? readDurationFromConfig(config, { key: 'frequency' })
        : undefined,
    );
  }

  private constructor(
    private readonly client: ResourceGraphClient,
    private readonly types: readonly string[],
    private readonly subscriptions: readonly string[] | undefined,
    private readonly tags: TagMapping,
    readonly frequency: HumanDuration | undefined,
  ) {}

  getProviderName(): string {
    return 'azure-arc';
  }

  async *readClusters({
    signal,
  }: {
    signal: AbortSignal;
  }): AsyncGenerator<ProvidedCluster> {
    const rows = this.client.query({
      query: [
        'resources',
        `where type in~ (${this.types.map(type => `'${type}'`).join(', ')})`,
        'project id, name, location, resourceGroup, subscriptionId, tags, properties',
        'order by id asc',
      ].join(' | '),
      subscriptions: this.subscriptions,
      signal,
    });
    for await (const row of rows) {
      yield toCluster(row, this.tags);
    }
  }
}

function readTypes(config: Config): string[] {
  const names = config.getOptionalStringArray('types') ?? ['arc'];
  return names.map(name => {
    if (!Object.hasOwn(TYPES, name)) {
      throw new InputError(
        `${KEY}.types: '${name}' is unknown; allowed are ${Object.keys(
          TYPES,
        ).join(', ')}`,
      );
    }
    return TYPES[name as keyof typeof TYPES];
  });
}

/** The token goes there: plain HTTP is for this machine alone. */
function readEndpoint(config: Config): string {
  const text =
    config.getOptionalString('endpoint') ?? 'https://management.azure.com';
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isLocal = ['127.0.0.1', '[::1]', 'localhost'].includes(
    url?.hostname ?? '',
  );
  if (
    !url ||
    !(url.protocol === 'https:' || (url.protocol === 'http:' && isLocal)) ||
    url.username ||
    url.pathname !== '/' ||
    url.search
  ) {
    throw new InputError(
      `${KEY}.endpoint: must be the origin of a resource manager such as https://management.azure.com`,
    );
  }
  return url.origin;
}

function readTagMapping(config: Config | undefined): TagMapping {
  return {
    groups: (config?.getOptionalConfigArray('groups') ?? []).map(group => ({
      tag: group.getString('tag'),
      prefix: group.getOptionalString('prefix') ?? '',
    })),
    environment: config?.getOptionalString('environment'),
    owner: config?.getOptionalString('owner'),
    timeZone: config?.getOptionalString('timeZone'),
  };
}

/** The identity of the configuration, or the one of the machine; its library is loaded when it is needed. */
function lazyCredential(config: Config): TokenCredential {
  const tenant = config.getOptionalString('tenantId');
  const client = config.getOptionalString('clientId');
  const secret = config.getOptionalString('clientSecret');
  const given = [tenant, client, secret].filter(Boolean).length;
  if (secret !== undefined && given < 3) {
    throw new InputError(
      `${KEY}: a clientSecret needs tenantId and clientId, too`,
    );
  }
  let credential: Promise<TokenCredential> | undefined;
  const create = async (): Promise<TokenCredential> => {
    const { ClientSecretCredential, DefaultAzureCredential } = await import(
      '@azure/identity'
    );
    return secret === undefined
      ? new DefaultAzureCredential({
          tenantId: tenant,
          managedIdentityClientId: client,
        })
      : new ClientSecretCredential(tenant!, client!, secret);
  };
  return {
    async getToken(scopes, options) {
      credential ??= create();
      return (await credential).getToken(scopes, options);
    },
  };
}
