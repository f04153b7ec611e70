import { ScmIntegrations } from '@backstage/integration';
import { gitHeaders } from '../target/gitHeaders';

/**
 * What lets the backend read an address that an entity names, from the credentials of the host's integration. Over an open
 * line they go only where the integration itself has one: who may read a host may not make the backend tell its secret.
 *
 * @internal
 */
export async function integrationHeaders(
  integrations: ScmIntegrations,
  url: URL,
): Promise<Readonly<Record<string, string>>> {
  return url.protocol === 'https:' || isOpen(integrations, url.host)
    ? gitHeaders(integrations, url.href)()
    : {};
}

function isOpen(integrations: ScmIntegrations, host: string): boolean {
  const { config = {} } = (integrations.byHost(host) ?? {}) as {
    config?: { baseUrl?: string; apiBaseUrl?: string };
  };
  return [config.baseUrl, config.apiBaseUrl].some(url =>
    url?.startsWith('http://'),
  );
}
