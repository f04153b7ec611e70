import { BranchMovedError } from './BranchMovedError';
import { archiveRef, branchRef, checkCommit } from './checkRef';
import { GitError } from './GitError';
import { networkEnvironment } from './networkEnvironment';
import { BranchMove } from './refs';
import { Remote } from './Remote';
import { runGit } from './runGit';

/** What Res-Edge writes beside main. */
const FOLDERS = [
  'refs/heads/delivery/*',
  'refs/heads/res-edge/*',
  'refs/heads/environment/*',
  'refs/archive/*',
];
const BRANCHES = 'refs/heads/';
const MAIN = `${BRANCHES}main`;

/** One ref to move. */
interface RefUpdate {
  readonly ref: string;
  readonly commit?: string;
  /** Undefined: the ref must not exist. */
  readonly expected?: string;
  readonly move?: BranchMove;
}

/**
 * A Git server that is reached by HTTP. Its branches move by `git push` with `--force-with-lease`: the server itself
 * compares, so that a push fails where a branch is not where it is expected.
 *
 * @internal
 */
export class GitRemote implements Remote {
  /**
   * @param options - `headers`: of each request, such as `Authorization`. They reach git by its environment alone: not
   * by the command line, which others see, and not by a file.
   */
  static create(options: {
    url: string;
    headers?: () => Promise<Readonly<Record<string, string>>>;
  }): GitRemote {
    return new GitRemote(options.url, options.headers);
  }

  private constructor(
    private readonly url: string,
    private readonly headers?: () => Promise<Readonly<Record<string, string>>>,
  ) {}

  async fetch(folder: string): Promise<void> {
    // A main that was there and is gone is an error: what is decided must not be begun anew. Before the first it is none.
    const { stdout: known } = await runGit({
      folder,
      args: ['for-each-ref', MAIN],
    });
    const main = known.length > 0 ? MAIN : `${MAIN}*`;
    await this.run(folder, [
      'fetch',
      ...['--quiet', '--prune', '--no-tags', '--no-write-fetch-head'],
      '--',
      this.url,
      ...[main, ...FOLDERS].map(ref => `+${ref}:${ref}`),
    ]);
  }

  async push(
    folder: string,
    moves: readonly BranchMove[],
  ): Promise<ReadonlyMap<BranchMove, Error>> {
    // Archives first: where the push ends between the two, a history is kept twice, and never lost.
    const archives = moves.flatMap((move): RefUpdate[] =>
      move.archive === undefined
        ? []
        : [{ ref: archiveRef(move.archive), commit: move.expected, move }],
    );
    const failed = new Map<BranchMove, Error>();
    const pushAll = async (updates: readonly RefUpdate[]) => {
      for (const [{ move }, error] of await this.pushRefs(folder, updates))
        failed.set(move!, error);
    };
    await pushAll(archives);
    await pushAll(
      moves
        .filter(move => !failed.has(move))
        .map(move => ({ ...move, ref: branchRef(move.branch), move })),
    );
    return failed;
  }

  /**
   * Brings branches of the server to commits, wherever they stand: of a copy that nobody else writes.
   *
   * @param commits - by branch
   * @throws GitError where the server does not take one
   */
  async replace(
    folder: string,
    commits: ReadonlyMap<string, string>,
  ): Promise<void> {
    await this.run(folder, [
      'push',
      ...['--quiet', '--no-verify', '--no-signed', '--', this.url],
      ...Array.from(
        commits,
        ([branch, commit]) => `+${checkCommit(commit)}:${branchRef(branch)}`,
      ),
    ]);
  }

  /**
   * The branches that the server has, with their commits.
   *
   * @param folder - of any repository: git wants to run in one
   * @throws GitError where the server cannot be read
   */
  async branches(folder: string): Promise<Map<string, string>> {
    const { stdout } = await this.run(folder, [
      'ls-remote',
      ...['--refs', '--', this.url, `${BRANCHES}*`],
    ]);
    const branches = new Map<string, string>();
    for (const line of stdout.toString('utf8').split('\n')) {
      const [commit, ref] = line.split('\t');
      if (ref?.startsWith(BRANCHES))
        branches.set(ref.slice(BRANCHES.length), checkCommit(commit));
    }
    return branches;
  }

  async deleteArchives(
    folder: string,
    archives: ReadonlyMap<string, string>,
  ): Promise<void> {
    const failed = await this.pushRefs(
      folder,
      [...archives].map(([name, expected]) => ({
        ref: archiveRef(name),
        expected,
      })),
    );
    for (const error of failed.values()) throw error;
  }

  private async pushRefs(
    folder: string,
    updates: readonly RefUpdate[],
  ): Promise<Map<RefUpdate, Error>> {
    const failed = new Map<RefUpdate, Error>();
    if (updates.length === 0) return failed;
    const { stdout } = await this.run(
      folder,
      [
        'push',
        ...['--porcelain', '--no-verify', '--no-signed'],
        ...updates.map(
          ({ ref, expected }) =>
            `--force-with-lease=${ref}:${
              expected === undefined ? '' : checkCommit(expected)
            }`,
        ),
        '--',
        this.url,
        ...updates.map(
          ({ ref, commit }) =>
            `${commit === undefined ? '' : checkCommit(commit)}:${ref}`,
        ),
      ],
      [0, 1],
    );
    // <flag> TAB <from>:<to> TAB <summary>, a line for each ref.
    const lines = new Map<string, { flag: string; summary: string }>();
    for (const line of stdout.toString('utf8').split('\n')) {
      const [flag, names, summary] = line.split('\t');
      if (summary !== undefined)
        lines.set(names.slice(names.indexOf(':') + 1), { flag, summary });
    }
    for (const update of updates) {
      const line = lines.get(update.ref);
      if (line && line.flag !== '!') continue;
      const summary = line?.summary ?? 'no answer';
      const error = await this.failureOf(folder, update, summary);
      if (error) failed.set(update, error);
    }
    return failed;
  }

  /** Asks where the ref stands: an answer that was lost is no failure. */
  private async failureOf(
    folder: string,
    { ref, move, commit, expected }: RefUpdate,
    summary: string,
  ): Promise<Error | undefined> {
    const { stdout } = await this.run(folder, [
      'ls-remote',
      '--refs',
      '--',
      this.url,
      ref,
    ]);
    const found = stdout.toString('latin1').split('\t')[0] || undefined;
    if (found === commit) return undefined;
    return found === expected
      ? new GitError({ command: 'push', reason: `${ref}: ${summary}` })
      : new BranchMovedError(move?.branch ?? ref, expected, found);
  }

  private async run(
    folder: string,
    args: readonly string[],
    allowedStatuses?: readonly number[],
  ) {
    const environment = networkEnvironment((await this.headers?.()) ?? {});
    return runGit({ folder, args, environment, allowedStatuses });
  }
}
