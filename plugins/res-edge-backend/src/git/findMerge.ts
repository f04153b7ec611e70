import { checkCommit } from './checkRef';
import { findMergeBase } from './compareCommits';
import { runGit } from './runGit';

/**
 * The commit that brought another one into a history: the merge, or the commit itself where it was put there without
 * one. Undefined where the history does not hold it.
 *
 * @internal
 */
export async function findMerge(
  folder: string,
  commit: string,
  tip: string,
): Promise<string | undefined> {
  const base = await findMergeBase(
    folder,
    checkCommit(tip),
    checkCommit(commit),
  );
  if (base !== commit) return undefined;
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
