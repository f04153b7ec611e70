import { changedEntries } from './changedEntries';
import { checkCommit } from './checkRef';
import { treeOf } from './compareCommits';
import { mergeCommits } from './mergeCommits';
import { readCommit } from './readCommit';
import { runGit } from './runGit';

/** A command line has its limits. */
const MAX_PATHS = 100;

/**
 * The commit that brought into a history what another one brings, as a squash or a rebase does: a commit of its own.
 * Undefined where there is none.
 *
 * @param commits - `base`: the best common ancestor of the other two
 * @internal
 */
export async function findSquash(
  folder: string,
  commits: { commit: string; base: string; tip: string },
): Promise<string | undefined> {
  const { commit, base, tip } = commits;
  if (base === tip) return undefined;
  const changed = await changedEntries(folder, base, commit);
  if (changed.length === 0) return undefined;
  const { stdout } = await runGit({
    folder,
    args: [
      ...['rev-list', '--no-merges', `${base}..${tip}`, '--'],
      ...changed.slice(0, MAX_PATHS).map(({ path }) => path),
    ],
  });
  for (const candidate of stdout.toString('latin1').split('\n')) {
    if (candidate !== '' && (await isSquash(folder, candidate, commit)))
      return candidate;
  }
  return undefined;
}

/**
 * Whether a commit is what git makes of its parent and another commit: that one's changes as they merge, and nothing
 * else. Who wrote it and what its message says proves nothing.
 */
async function isSquash(
  folder: string,
  candidate: string,
  commit: string,
): Promise<boolean> {
  const { tree, parents } = await readCommit(folder, candidate);
  if (parents.length !== 1 || (await treeOf(folder, parents[0])) === tree)
    return false;
  const merged = await mergeCommits(folder, parents[0], checkCommit(commit));
  return merged.tree === tree;
}
