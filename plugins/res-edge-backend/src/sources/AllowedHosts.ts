import { Config } from '@backstage/config';
import { NotAllowedError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';

interface Allowed {
  readonly host: RegExp;
  readonly paths?: readonly string[];
}

/**
 * Which hosts the backend may ask on behalf of an entity: those of integrations, and of `backend.reading.allow`, which
 * Backstage reads URLs by, too. An entity names a host; without this it could make the backend ask any in its network.
 *
 * @internal
 */
export class AllowedHosts {
  private constructor(
    private readonly integrations: ScmIntegrations,
    private readonly allowed: readonly Allowed[],
  ) {}

  static fromConfig(
    config: Config,
    integrations: ScmIntegrations,
  ): AllowedHosts {
    const allowed =
      config.getOptionalConfigArray('backend.reading.allow') ?? [];
    return new AllowedHosts(
      integrations,
      allowed.map(entry => ({
        host: hostPattern(entry.getString('host')),
        paths: entry.getOptionalStringArray('paths'),
      })),
    );
  }

  /** @throws NotAllowedError with the key that would allow it */
  check(url: string): void {
    const { protocol, host, pathname } = new URL(url);
    // Credentials of an integration, and what is captured, do not go over an open line.
    const listed = this.allowed.some(
      entry =>
        entry.host.test(host) &&
        (entry.paths?.some(path => isBelow(pathname, path)) ?? true),
    );
    const integrated =
      protocol === 'https:' && this.integrations.byHost(host) !== undefined;
    if (listed || integrated) return;
    throw new NotAllowedError(
      `${protocol}//${host} may not be read: it is neither the host of an integration (https only) nor in backend.reading.allow`,
    );
  }
}

function isBelow(pathname: string, allowed: string): boolean {
  const folder = allowed.replace(/\/$/, '');
  return pathname === folder || pathname.startsWith(`${folder}/`);
}

/** `*.example.com` stands for all hosts below, as Backstage has it. */
function hostPattern(host: string): RegExp {
  const escaped = host
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/^\*/, '[^/]*');
  return new RegExp(`^${escaped}$`, 'i');
}
