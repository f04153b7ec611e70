import { availableParallelism } from 'node:os';
import { CommitHooks, CommitOptions } from './CommitOptions';
import { checkCommit } from './checkRef';
import { checkMessage } from './commitMessage';
import { treeOf } from './compareCommits';
import { CommitToImport, importCommits } from './importCommits';
import { checkPerson } from './Person';
import { BranchMove } from './refs';

/** One process of git keeps one processor busy; more than a few would only write more packs. */
const MAX_PROCESSES = 4;

type MoveBranches = (moves: readonly BranchMove[]) => Promise<void>;
type Commits<T> = Iterable<T> | AsyncIterable<T>;

/**
 * Commits to branches, by a few processes of git side by side. Each takes the next commit when it is done with the one
 * before, writes a batch of them, and moves their branches at its end: what is written is asked for as fast as git
 * takes it, and is never held as a whole.
 *
 * Of what fails, the first error is thrown once everything under way has come to its end. Branches that moved stay.
 *
 * @internal
 */
export async function commitBranches<T extends CommitOptions>(
  folder: string,
  moveBranches: MoveBranches,
  commits: Commits<T>,
  hooks: CommitHooks<T> = {},
): Promise<void> {
  const source = iteratorOf(commits);
  const failures: unknown[] = [];
  const next = async () => {
    const { done, value } =
      failures.length > 0
        ? { done: true, value: undefined }
        : await source.next();
    return done ? undefined : (value as T);
  };
  const lane = async () => {
    try {
      for (let first = await next(); first; first = await next()) {
        await commitBatch(folder, moveBranches, first, next, hooks);
      }
    } catch (error) {
      failures.push(error);
    }
  };
  const lanes = Math.min(availableParallelism(), MAX_PROCESSES);
  await Promise.all(Array.from({ length: lanes }, lane));
  if (failures.length > 0) throw failures[0];
}

async function commitBatch<T extends CommitOptions>(
  folder: string,
  moveBranches: MoveBranches,
  first: T,
  next: () => Promise<T | undefined>,
  { beforeMove, onMoved }: CommitHooks<T>,
): Promise<void> {
  const batch: T[] = [];
  let following: T | undefined = first;
  const imported = await importCommits(folder, async () => {
    const options = following ?? (await next());
    following = undefined;
    if (!options) return undefined;
    batch.push(options);
    return toImport(folder, options);
  });
  const moves = batch.map((options, index) => {
    const { branch, parent, archive, allowEmpty } = options;
    const { commit, unchanged } = imported[index];
    const expected = options.expected ? options.expected.commit : parent;
    // Without a difference there is no commit, and no branch moves.
    return unchanged && !allowEmpty
      ? { branch, commit: parent!, expected: parent }
      : { branch, commit, expected, archive };
  });
  await beforeMove?.();
  await moveBranches(
    moves.filter(({ commit, expected }) => commit !== expected),
  );
  batch.forEach((options, index) => onMoved?.(options, moves[index].commit));
}

async function toImport(
  folder: string,
  options: CommitOptions,
): Promise<CommitToImport> {
  const { parent, archive, author } = options;
  const known = parent === undefined ? undefined : checkCommit(parent);
  const anew = known !== undefined && archive !== undefined;
  return {
    parent: anew ? undefined : known,
    tree: anew ? await treeOf(folder, known) : undefined,
    message: checkMessage(options.message),
    author: checkPerson(author),
    committer: checkPerson(options.committer ?? author),
    date: options.date ?? new Date(),
    changes: options.changes,
  };
}

function iteratorOf<T>(commits: Commits<T>): AsyncIterator<T> | Iterator<T> {
  return Symbol.asyncIterator in commits
    ? commits[Symbol.asyncIterator]()
    : commits[Symbol.iterator]();
}
