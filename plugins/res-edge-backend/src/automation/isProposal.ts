import { gitBlobHash } from '@res-edge/backstage-plugin-res-edge-engine';
import { GitRepository, TRAILERS } from '../git';
import { BOT } from './bot';
import { Intent } from './Intent';

/**
 * Whether a commit proposes an intent, and just that, on main as it was once: written before this process ended, or by
 * another one. Git alone knows.
 *
 * @internal
 */
export async function isProposal(
  repository: GitRepository,
  commit: string,
  intent: Intent,
  main: string,
): Promise<boolean> {
  const [{ committer, parents, trailers }] = await repository.log(commit, {
    limit: 1,
  });
  const own =
    committer.email === BOT.email &&
    parents.length === 1 &&
    trailers.get(TRAILERS.intent)?.join() === intent.ref &&
    (await repository.mergeBase(parents[0], main)) === parents[0];
  if (!own) return false;
  const found = await repository.changedEntries(parents[0], commit);
  const wanted = new Map(
    intent.changes.map(({ path, content }) => [
      path,
      content === undefined ? undefined : gitBlobHash(content),
    ]),
  );
  return (
    found.length === wanted.size &&
    found.every(
      ({ path, hash }) => wanted.has(path) && wanted.get(path) === hash,
    )
  );
}
