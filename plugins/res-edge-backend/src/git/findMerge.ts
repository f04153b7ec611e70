import { checkCommit } from './checkRef';
import { findMergeBase } from './compareCommits';
import { findSquash } from './findSquash';
import { resolveRef } from './refs';
import { runGit } from './runGit';

/**
 * The commit that brought another one into a history: the merge, the commit itself where it was put there without one, or
 * what it was squashed or rebased to. Undefined where none did, and of a commit that is not here.
 *
 * @internal
 */
export async function findMerge(
  folder: string,
  commit: string,
  tip: string,
): Promise<string | undefined> {
  if (!(await resolveRef(folder, checkCommit(commit)))) return undefined;
  const base = await findMergeBase(folder, checkCommit(tip), commit);
  if (base === undefined) return undefined;
  if (base !== commit) return findSquash(folder, { commit, base, tip });
  const { stdout } = await runGit({
    folder,
    args: [
      'rev-list',
      ...['--first-parent', '--ancestry-path', '--reverse', '--parents'],
      `${commit}..${tip}`,
    ],
  });
  const [merge, first] = stdout.toString('latin1').split('\n')[0].split(' ');
  return first === undefined || first === commit ? commit : merge;
}
