import { Config } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { GitRemote, GitRepository } from '../git';
import { gitHeaders } from './gitHeaders';
import { readTarget } from './readTarget';

/**
 * The repository that holds main and the delivery branches; created on first start.
 *
 * @internal
 */
export async function openTarget(
  config: Config,
  integrations: ScmIntegrations,
): Promise<GitRepository> {
  const target = readTarget(config, integrations);
  if (target.type === 'local') return GitRepository.createBare(target.folder);
  const { url } = target;
  const remote = GitRemote.create({
    url,
    headers: gitHeaders(integrations, url),
  });
  return GitRepository.createBare(target.folder, { remote });
}
