import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { GitRemote } from '../git';
import { gitHeaders } from './gitHeaders';
import { EnvironmentOptions, readEnvironments } from './readEnvironments';
import { readGitUrl } from './readTarget';

/** An environment, and the server that has its repository. @internal */
export interface EnvironmentRepository
  extends Pick<EnvironmentOptions, 'name' | 'environments' | 'moveClusters'> {
  readonly remote: Pick<GitRemote, 'branches' | 'replace'>;
}

/**
 * The repositories of environments that have one of their own; none where none are configured.
 *
 * @throws InputError with the key, where an address is of no use, or is that of the repository that holds all
 * @internal
 */
export function openEnvironmentRepositories(
  config: Config,
  integrations: ScmIntegrations,
): EnvironmentRepository[] {
  const whole = config.getOptionalString('resEdge.git.url');
  return readEnvironments(config).map(({ key, url, ...environment }) => {
    if (plain(url) === plain(whole ?? ''))
      throw new InputError(
        `${key}.url: it is that of resEdge.git, which holds all environments`,
      );
    const address = readGitUrl(`${key}.url`, url, integrations);
    const remote = GitRemote.create({
      url: address,
      headers: gitHeaders(integrations, address),
    });
    return { ...environment, remote };
  });
}

function plain(url: string): string {
  return url.replace(/\/+$/, '').replace(/\.git$/, '');
}
