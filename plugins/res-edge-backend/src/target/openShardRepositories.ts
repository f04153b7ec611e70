import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { GitRemote } from '../git';
import { atShard, SHARD } from '../util/atShard';
import { gitHeaders } from './gitHeaders';
import { readGitUrl } from './readTarget';

const KEY = 'resEdge.delivery.shardRepositories';

/**
 * The repository of each shard, where shards have repositories of their own.
 *
 * @returns undefined where they have none
 * @throws InputError with the key, where the address is of no use, or is the same for all
 * @internal
 */
export function openShardRepositories(
  config: Config,
  integrations: ScmIntegrations,
): ((shard: string) => GitRemote) | undefined {
  const template = config.getOptionalString(KEY);
  if (template === undefined) return undefined;
  const { pathname } = new URL(
    readGitUrl(KEY, atShard(template, 'shard-001'), integrations),
  );
  if (!template.includes(SHARD) || !pathname.includes('shard-001'))
    throw new InputError(
      `${KEY}: the address needs ${SHARD} in its path, in place of the shard's name`,
    );
  return shard => {
    const url = readGitUrl(KEY, atShard(template, shard), integrations);
    return GitRemote.create({ url, headers: gitHeaders(integrations, url) });
  };
}
