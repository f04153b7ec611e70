import { BranchMovedError } from './BranchMovedError';
import { archiveRef, branchRef, checkCommit, isCommit } from './checkRef';
import { runGit } from './runGit';

const NO_COMMIT = '0'.repeat(40);
const BRANCHES = 'refs/heads/';
const ARCHIVES = 'refs/archive/';

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
  const branches = await listRefs(folder, BRANCHES);
  return new Map([...branches].filter(([branch]) => branch.startsWith(prefix)));
}

/**
 * How a branch moves.
 *
 * @internal
 */
export interface BranchMove {
  readonly branch: string;
  /** Undefined: the branch is deleted. */
  readonly commit: string | undefined;
  /** Undefined: the branch does not exist. */
  readonly expected: string | undefined;
  /** The name under which the expected commit is kept. */
  readonly archive?: string;
}

/**
 * Moves branches, each from the commit that is expected. Where that fails for one, the others move nevertheless.
 * The only place that changes branches; see GitRepository for why this is all the locking there is.
 *
 * @throws BranchMovedError, a ConflictError, where a branch is not where it is expected
 * @internal
 */
export async function moveBranches(
  folder: string,
  moves: readonly BranchMove[],
): Promise<void> {
  if (moves.length === 0) return;
  try {
    await updateRefs(folder, moves.flatMap(commandsOf));
  } catch (error) {
    if (moves.length === 1) throw await reasonOf(folder, moves[0], error);
    // Nothing has moved: the transaction is one. Which branch it was comes out one by one.
    const failures: unknown[] = [];
    for (const move of moves) {
      await moveBranches(folder, [move]).catch(reason => failures.push(reason));
    }
    if (failures.length > 0) throw failures[0];
  }
}

async function reasonOf(
  folder: string,
  { branch, expected }: BranchMove,
  error: unknown,
): Promise<unknown> {
  const found = await resolveBranch(folder, branch);
  return found === expected
    ? error
    : new BranchMovedError(branch, expected, found);
}

function commandsOf({ branch, commit, expected, archive }: BranchMove) {
  const ref = branchRef(branch);
  const old = expected === undefined ? NO_COMMIT : checkCommit(expected);
  const commands =
    commit === undefined
      ? [`delete ${ref} ${old}`]
      : [`update ${ref} ${checkCommit(commit)} ${old}`];
  if (archive !== undefined) {
    commands.push(`update ${archiveRef(archive)} ${old}`);
  }
  return commands;
}

/**
 * The commits that are kept for archived histories, by name, ordered by name.
 *
 * @internal
 */
export async function listArchives(
  folder: string,
): Promise<Map<string, string>> {
  return listRefs(folder, ARCHIVES);
}

/**
 * Deletes archived histories that stand where they are expected.
 *
 * @internal
 */
export async function deleteArchives(
  folder: string,
  archives: Iterable<readonly [name: string, commit: string]>,
): Promise<void> {
  const commands = [...archives].map(
    ([name, commit]) => `delete ${archiveRef(name)} ${checkCommit(commit)}`,
  );
  if (commands.length > 0) await updateRefs(folder, commands);
}

async function listRefs(
  folder: string,
  prefix: string,
): Promise<Map<string, string>> {
  const { stdout } = await runGit({
    folder,
    args: ['for-each-ref', '--format=%(objectname) %(refname)', prefix],
  });
  const refs = new Map<string, string>();
  for (const line of stdout.toString('utf8').split('\n')) {
    const [commit, ref = ''] = line.split(' ');
    if (ref !== '') refs.set(ref.slice(prefix.length), commit);
  }
  return refs;
}

/**
 * Brings branches to where a server has moved them.
 *
 * @internal
 */
export async function followBranches(
  folder: string,
  moves: readonly BranchMove[],
): Promise<void> {
  const commands = moves.flatMap(({ branch, commit, expected, archive }) => [
    commit === undefined
      ? `delete ${branchRef(branch)}`
      : `update ${branchRef(branch)} ${checkCommit(commit)}`,
    ...(archive === undefined
      ? []
      : [`update ${archiveRef(archive)} ${checkCommit(expected!)}`]),
  ]);
  if (commands.length > 0) await updateRefs(folder, commands);
}

/** In one transaction: all of it or nothing. */
async function updateRefs(
  folder: string,
  commands: readonly string[],
): Promise<void> {
  await runGit({
    folder,
    args: [
      '-c',
      `core.filesRefLockTimeout=${LOCK_TIMEOUT_MILLISECONDS}`,
      'update-ref',
      '--no-deref',
      '--stdin',
    ],
    input: `${commands.join('\n')}\n`,
  });
}
