import { Config } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { RegistryCredentials } from '../oci';
import { AllowedHosts } from './AllowedHosts';
import { integrationHeaders } from './integrationHeaders';
import { SilentHosts } from './SilentHosts';

/**
 * The hosts that sources are read from, with what lets the backend in there: `resEdge.sources.hosts`, else the credentials
 * of the host's integration.
 *
 * @internal
 */
export class SourceHosts {
  readonly silent = SilentHosts.create();

  private constructor(
    private readonly allowed: AllowedHosts,
    private readonly integrations: ScmIntegrations,
    private readonly hosts: ReadonlyMap<
      string,
      { credentials?: RegistryCredentials; insecure: boolean }
    >,
  ) {}

  static fromConfig(
    config: Config,
    integrations: ScmIntegrations,
  ): SourceHosts {
    const hosts = new Map(
      (config.getOptionalConfigArray('resEdge.sources.hosts') ?? []).map(
        entry => {
          const username = entry.getOptionalString('username');
          const credentials =
            username === undefined
              ? undefined
              : { username, password: entry.getString('password') };
          const insecure = entry.getOptionalBoolean('insecure') ?? false;
          return [entry.getString('host'), { credentials, insecure }];
        },
      ),
    );
    const allowed = AllowedHosts.fromConfig(config, integrations);
    return new SourceHosts(allowed, integrations, hosts);
  }

  /** @throws NotAllowedError with the key that would allow it */
  check(url: URL): void {
    const known = this.hosts.get(url.host);
    if (known && url.protocol === (known.insecure ? 'http:' : 'https:')) return;
    this.allowed.check(url.href);
  }

  /** The address of a registry, as `oci://host/path` means it. */
  registryOrigin(host: string): string {
    return `${this.hosts.get(host)?.insecure ? 'http' : 'https'}://${host}`;
  }

  credentialsOf(host: string): RegistryCredentials | undefined {
    return this.hosts.get(host)?.credentials;
  }

  /** What to send along to a host, and to no other one; nothing over an open line that is not meant to be one. */
  async headersFor(url: URL): Promise<Readonly<Record<string, string>>> {
    const { credentials, insecure } = this.hosts.get(url.host) ?? {};
    if (!credentials) return integrationHeaders(this.integrations, url);
    if (url.protocol !== 'https:' && !insecure) return {};
    const { username, password } = credentials;
    const text = Buffer.from(`${username}:${password}`).toString('base64');
    return { authorization: `Basic ${text}` };
  }
}
