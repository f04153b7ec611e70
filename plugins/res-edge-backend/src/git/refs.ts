import { BranchMovedError } from './BranchMovedError';
import { branchRef, checkCommit, isCommit } from './checkRef';
import { runGit } from './runGit';

const NO_COMMIT = '0'.repeat(40);

/** Others hold a ref's lock for the time of one write; who waits longer than this waits for a process that died. */
const LOCK_TIMEOUT_MILLISECONDS = 5000;

/**
 * The commit of a branch, or the commit itself; undefined where there is none.
 *
 * @internal
 */
export async function resolveRef(
  folder: string,
  ref: string,
): Promise<string | undefined> {
  return isCommit(ref) ? verify(folder, ref) : resolveBranch(folder, ref);
}

/**
 * The commit of a branch; undefined where there is none.
 *
 * @internal
 */
export async function resolveBranch(
  folder: string,
  branch: string,
): Promise<string | undefined> {
  return verify(folder, branchRef(branch));
}

async function verify(
  folder: string,
  name: string,
): Promise<string | undefined> {
  const { stdout, status } = await runGit({
    folder,
    args: [
      'rev-parse',
      '--verify',
      '--quiet',
      '--end-of-options',
      `${name}^{commit}`,
    ],
    allowedStatuses: [0, 1],
  });
  return status === 0 ? stdout.toString('latin1').trim() : undefined;
}

/**
 * The branches whose names begin so, with their commits, ordered by name.
 *
 * @internal
 */
export async function listBranches(
  folder: string,
  prefix: string,
): Promise<Map<string, string>> {
  const { stdout } = await runGit({
    folder,
    args: ['for-each-ref', '--format=%(objectname) %(refname)', 'refs/heads/'],
  });
  const branches = new Map<string, string>();
  for (const line of stdout.toString('utf8').split('\n')) {
    const [commit, ref = ''] = line.split(' ');
    const branch = ref.slice('refs/heads/'.length);
    if (branch !== '' && branch.startsWith(prefix)) {
      branches.set(branch, commit);
    }
  }
  return branches;
}

/**
 * Moves a branch from the commit that is expected (undefined: it does not exist) to another (undefined: it is deleted).
 * The only place that changes a ref; see GitRepository for why this is all the locking there is.
 *
 * @throws BranchMovedError, a ConflictError, where the branch is not where it is expected
 * @internal
 */
export async function updateBranch(
  folder: string,
  branch: string,
  commit: string | undefined,
  expected: string | undefined,
): Promise<void> {
  const ref = branchRef(branch);
  const old = expected === undefined ? NO_COMMIT : checkCommit(expected);
  try {
    await runGit({
      folder,
      args: [
        '-c',
        `core.filesRefLockTimeout=${LOCK_TIMEOUT_MILLISECONDS}`,
        'update-ref',
        '--no-deref',
        ...(commit === undefined
          ? ['-d', ref, old]
          : [ref, checkCommit(commit), old]),
      ],
    });
  } catch (error) {
    const found = await resolveBranch(folder, branch);
    throw found === expected
      ? error
      : new BranchMovedError(branch, expected, found);
  }
}
