import { resolve } from 'node:path';
import { InputError, NotFoundError } from '@backstage/errors';
import { FileDiff } from '@res-edge/backstage-plugin-res-edge-common';
import { BranchMovedError } from './BranchMovedError';
import { ChangedEntry, changedEntries } from './changedEntries';
import { checkGitVersion } from './checkGitVersion';
import { checkPath } from './checkPath';
import { checkCommit } from './checkRef';
import { commitBranches } from './commitBranches';
import { findMergeBase } from './compareCommits';
import { checkMessage } from './commitMessage';
import { CommitHooks, CommitOptions } from './CommitOptions';
import { commitTree } from './commitTree';
import { createRepository, isRepository } from './createRepository';
import { DiffOptions, diffCommits } from './diffCommits';
import { dropStaleLocks } from './dropStaleLocks';
import { findMerge } from './findMerge';
import { isFile, listTree, TreeEntry } from './listTree';
import { dropUnreachable, maintainRepository } from './maintainRepository';
import { mergeCommits, tryMerge } from './mergeCommits';
import { MergeConflictError } from './MergeConflictError';
import { MergeCheck, MergeOptions } from './MergeOptions';
import { checkPerson } from './Person';
import { readBlobs } from './readBlobs';
import { HistoryEntry, HistoryOptions, readHistory } from './readHistory';
import { LogEntry, LogOptions, readLog } from './readLog';
import {
  BranchMove,
  deleteArchives,
  followBranches,
  listArchives,
  listBranches,
  moveBranches,
  resolveBranch,
  resolveRef,
} from './refs';
import { Remote } from './Remote';

/** A command line has its limits. */
const MAX_PATH_ARGUMENTS = 100;

/**
 * A bare Git repository, through the git that is installed.
 *
 * There is no lock, in the process or on disk, and none is needed. Objects are written first, and are invisible: no
 * ref names them. Then one `git update-ref` moves one branch from the value that the caller expects to the new one;
 * git does that atomically, among all processes that use the repository. Who comes second finds the branch moved, gets
 * a ConflictError with nothing changed, and starts again from what is there now. A process that dies on the way leaves
 * objects that nobody names, which git itself removes after two weeks; branches are always at one commit or the other.
 *
 * Commits are named by full hashes, branches by names that {@link branchRef} allows. The content of a repository is
 * data: no hook, filter, attribute or configuration in it or on the machine changes what happens here.
 *
 * @internal
 */
export class GitRepository {
  /** The branch of a new repository. */
  static readonly defaultBranch = 'main';

  /**
   * Opens a bare repository.
   *
   * @throws NotFoundError where there is none
   */
  static async open(folder: string): Promise<GitRepository> {
    const absolute = resolve(folder);
    await checkGitVersion();
    if (!(await isRepository(absolute))) {
      throw new NotFoundError(`There is no bare Git repository in ${folder}`);
    }
    return new GitRepository(absolute);
  }

  /**
   * Creates a bare repository without commits, whole or not at all. What exists already is opened.
   *
   * @param options - `remote`: the server of which this is the copy. A branch moves there first, then here; a process
   * that dies in between finds it moved by the next fetch.
   * @throws ConflictError where the folder holds something else
   */
  static async createBare(
    folder: string,
    options: { remote?: Remote } = {},
  ): Promise<GitRepository> {
    const absolute = resolve(folder);
    await checkGitVersion();
    await createRepository(absolute, GitRepository.defaultBranch);
    return new GitRepository(absolute, options.remote);
  }

  private constructor(
    readonly folder: string,
    private readonly remote?: Remote,
  ) {}

  /** Reads what the server has, where this is the copy of one. */
  async fetch(): Promise<void> {
    await this.remote?.fetch(this.folder);
  }

  /** The commit of a branch, or the commit itself; undefined where there is none. */
  async resolve(ref: string): Promise<string | undefined> {
    return resolveRef(this.folder, ref);
  }

  /** All files of a commit, or those at or below one path, ordered as git orders them. */
  async list(commit: string, path?: string): Promise<TreeEntry[]> {
    return listTree(this.folder, commit, path === undefined ? [] : [path]);
  }

  /** Contents by path. What is not there, or is no file, is left out. */
  async read(
    commit: string,
    which: readonly string[] | ((path: string) => boolean),
  ): Promise<Map<string, Buffer>> {
    const entries = await this.#entriesOf(commit, which);
    const blobs = await this.readBlobs(entries.map(entry => entry.hash));
    return new Map(entries.map(({ path, hash }) => [path, blobs.get(hash)!]));
  }

  /** Contents by hash, as {@link GitRepository.list} gives it. */
  async readBlobs(hashes: Iterable<string>): Promise<Map<string, Buffer>> {
    return readBlobs(this.folder, hashes);
  }

  /** The branches whose names begin so, with their commits, ordered by name. */
  async branches(prefix: string = ''): Promise<Map<string, string>> {
    return listBranches(this.folder, prefix);
  }

  /**
   * Commits changes to a branch. The same parent, changes, message, people and date give the same commit.
   *
   * @returns the new commit; or the parent where the changes change nothing: then there is no commit, and no branch moves
   * (unless `allowEmpty`)
   * @throws ConflictError where the branch is not, or no longer, where it is expected
   * @throws InputError where a path, the message or a person is not allowed; then nothing is changed
   */
  async commit(options: CommitOptions): Promise<string> {
    const { branch, parent } = options;
    const expected = options.expected ? options.expected.commit : parent;
    await this.#checkBranch(branch, expected);
    let commit = '';
    await commitBranches(this.folder, this.#move, [options], {
      onMoved: (_, moved) => {
        commit = moved;
      },
    });
    return commit;
  }

  /**
   * Commits to many branches, as {@link GitRepository.commit} does to one, and much faster. Commits are asked for one
   * after another, while those before are being written; branches move in batches.
   *
   * Of what fails, the first error is thrown at the end. Branches that moved stay where they are.
   */
  async commitAll<T extends CommitOptions>(
    commits: Iterable<T> | AsyncIterable<T>,
    hooks?: CommitHooks<T>,
  ): Promise<void> {
    await commitBranches(this.folder, this.#move, commits, hooks);
  }

  /**
   * Merges a branch into another with a commit of two parents, by git's three-way merge.
   *
   * @returns the new commit of `into`; or the one it has, where it holds the branch already
   * @throws MergeConflictError, a ConflictError, where both changed the same; both branches stay
   * @throws ConflictError where a branch is not, or no longer, where it is expected
   * @throws NotFoundError where a branch does not exist
   */
  async merge(options: MergeOptions): Promise<string> {
    const { branch, into, author, expected } = options;
    const theirs = await this.#tipOf(branch, expected?.branch);
    const ours = await this.#tipOf(into, expected?.into);
    if ((await this.mergeBase(ours, theirs)) === theirs) {
      return ours;
    }
    const { tree, conflicts } = await mergeCommits(this.folder, ours, theirs);
    if (conflicts) {
      throw new MergeConflictError(branch, into, conflicts);
    }
    const commit = await commitTree({
      folder: this.folder,
      tree,
      parents: [ours, theirs],
      message: checkMessage(options.message),
      date: options.date ?? new Date(),
      author: checkPerson(author),
      committer: checkPerson(options.committer ?? author),
    });
    await this.setBranch(into, commit, ours);
    return commit;
  }

  /**
   * Whether a branch merges into another now. Nothing is written.
   *
   * @throws NotFoundError where a branch does not exist
   */
  async canMerge(branch: string, into: string): Promise<MergeCheck> {
    const theirs = await this.#tipOf(branch);
    const ours = await this.#tipOf(into);
    const conflicts = await tryMerge(this.folder, ours, theirs);
    return { mergeable: conflicts.length === 0, conflicts };
  }

  /** The best common ancestor of two commits; undefined where their histories have none. */
  async mergeBase(one: string, other: string): Promise<string | undefined> {
    return findMergeBase(this.folder, checkCommit(one), checkCommit(other));
  }

  /** The commit of a history that brought this one: merged, squashed or rebased. Undefined where none did. */
  async mergeOf(commit: string, tip: string): Promise<string | undefined> {
    return findMerge(this.folder, commit, tip);
  }

  /** The files that differ between two commits; without a base, all files of the head as added. */
  async diff(
    base: string | undefined,
    head: string,
    options?: DiffOptions,
  ): Promise<FileDiff[]> {
    return diffCommits(this.folder, base, head, options);
  }

  /** The files that differ between two commits, by their hashes. */
  async changedEntries(base: string, head: string): Promise<ChangedEntry[]> {
    return changedEntries(this.folder, base, head);
  }

  /** The history of a branch or commit, the newest first; empty where it does not exist. */
  async log(ref: string, options: LogOptions = {}): Promise<LogEntry[]> {
    const commit = await this.resolve(ref);
    return commit === undefined ? [] : readLog(this.folder, commit, options);
  }

  /** All commits up to one, the oldest first, with the files that each changed. */
  async history(to: string, options: HistoryOptions): Promise<HistoryEntry[]> {
    return readHistory(this.folder, checkCommit(to), options);
  }

  /**
   * Creates a branch (`expected` undefined), or moves it from the expected commit to another.
   *
   * @throws ConflictError where the branch is not where it is expected
   */
  async setBranch(
    branch: string,
    commit: string,
    expected: string | undefined,
  ): Promise<void> {
    await this.#move([{ branch, commit, expected }]);
  }

  /**
   * Deletes a branch that stands at the expected commit. One that is gone already is no error.
   *
   * @throws ConflictError where it stands elsewhere
   * @throws InputError for the default branch
   */
  async deleteBranch(branch: string, expected: string): Promise<void> {
    if (branch === GitRepository.defaultBranch) {
      throw new InputError(`The branch ${branch} cannot be deleted`);
    }
    if ((await resolveBranch(this.folder, branch)) !== undefined) {
      const gone = { branch, commit: undefined, expected };
      await this.#move([gone]);
    }
  }

  /** The tips of histories that branches had before they were re-rooted, by name, ordered by name. */
  async archives(): Promise<Map<string, string>> {
    return listArchives(this.folder);
  }

  /**
   * Lets archived histories go, by name and commit, and frees what they took. That packs the whole repository anew:
   * something for once in a while.
   */
  async deleteArchives(archives: ReadonlyMap<string, string>): Promise<void> {
    await this.remote?.deleteArchives(this.folder, archives);
    await deleteArchives(this.folder, archives);
    await dropUnreachable(this.folder);
  }

  /** Frees what a process left locked that was killed. */
  async dropStaleLocks(): Promise<void> {
    await dropStaleLocks(this.folder);
  }

  /** Packs what many commits left behind. Cheap where there is little to do; safe while others read and write. */
  async maintain(): Promise<void> {
    await maintainRepository(this.folder);
  }

  #move = async (moves: readonly BranchMove[]): Promise<void> => {
    if (!this.remote) return moveBranches(this.folder, moves);
    if (moves.length === 0) return undefined;
    const failed = await this.remote.push(this.folder, moves);
    await followBranches(
      this.folder,
      moves.filter(move => !failed.has(move)),
    );
    for (const error of failed.values()) throw error;
    return undefined;
  };

  async #entriesOf(
    commit: string,
    which: readonly string[] | ((path: string) => boolean),
  ): Promise<TreeEntry[]> {
    if (typeof which === 'function') {
      const entries = await this.list(commit);
      return entries.filter(entry => isFile(entry) && which(entry.path));
    }
    const wanted = new Set(which.map(checkPath));
    if (wanted.size === 0) {
      return [];
    }
    // For many paths the whole list is no more work.
    const paths = wanted.size <= MAX_PATH_ARGUMENTS ? [...wanted] : [];
    const entries = await listTree(this.folder, commit, paths);
    return entries.filter(entry => isFile(entry) && wanted.has(entry.path));
  }

  async #checkBranch(
    branch: string,
    expected: string | undefined,
  ): Promise<void> {
    const found = await resolveBranch(this.folder, branch);
    if (found !== expected) {
      throw new BranchMovedError(branch, expected, found);
    }
  }

  async #tipOf(branch: string, expected?: string): Promise<string> {
    const found = await resolveBranch(this.folder, branch);
    if (found === undefined) {
      throw new NotFoundError(`There is no branch ${branch}`);
    }
    if (expected !== undefined && found !== expected) {
      throw new BranchMovedError(branch, expected, found);
    }
    return found;
  }
}
