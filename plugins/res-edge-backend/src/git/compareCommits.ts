import { runGit } from './runGit';

/**
 * True where two commits hold the same files.
 *
 * @internal
 */
export async function haveSameTree(
  folder: string,
  one: string,
  other: string,
): Promise<boolean> {
  const { stdout } = await runGit({
    folder,
    args: ['rev-parse', `${one}^{tree}`, `${other}^{tree}`],
  });
  const [first, second] = stdout.toString('latin1').trim().split('\n');
  return first === second;
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
