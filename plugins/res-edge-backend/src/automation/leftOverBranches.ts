import { ChangeRequestStore } from '../database';
import { GitRepository } from '../git';
import { BOT } from './bot';
import { BRANCHES } from './changeRequestNames';

/**
 * Branches that Res-Edge wrote for change requests, and no open one has any more, with their commits: a process ended before
 * it dropped them, or the database was lost.
 *
 * @internal
 */
export async function leftOverBranches(
  repository: GitRepository,
  store: ChangeRequestStore,
): Promise<Map<string, string>> {
  const left = await repository.branches(BRANCHES);
  for (const { branch } of await store.listOpen()) left.delete(branch);
  for (const [branch, commit] of left) {
    const [{ committer }] = await repository.log(commit, { limit: 1 });
    if (committer.email !== BOT.email) left.delete(branch);
  }
  return left;
}
