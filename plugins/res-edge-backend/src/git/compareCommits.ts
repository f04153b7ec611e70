import { runGit } from './runGit';

/**
 * The tree of a commit.
 *
 * @internal
 */
export async function treeOf(folder: string, commit: string): Promise<string> {
  const { stdout } = await runGit({
    folder,
    args: ['rev-parse', '--verify', `${commit}^{tree}`],
  });
  return stdout.toString('latin1').trim();
}

/**
 * The best common ancestor of two commits; undefined where their histories have none.
 *
 * @internal
 */
export async function findMergeBase(
  folder: string,
  one: string,
  other: string,
): Promise<string | undefined> {
  const { stdout, status } = await runGit({
    folder,
    args: ['merge-base', one, other],
    allowedStatuses: [0, 1],
  });
  return status === 0 ? stdout.toString('latin1').trim() : undefined;
}
