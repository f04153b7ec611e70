import {
  BranchMove,
  BranchMovedError,
  changedEntries,
  GitRemote,
  readCommit,
  Remote,
} from '../git';
import { GitHubClient } from './createGitHubClient';
import { askGitHub, statusOf } from './githubErrors';
import { ReviewError } from '../automation/ReviewError';
import { sendCommit } from './sendCommit';

/** Branches of pull requests. */
const PROPOSALS = 'res-edge/';
/** What has more files is pushed: a request takes a second, and a run must end. */
const MAX_FILES = 5000;

/**
 * A repository on GitHub. Branches of pull requests move through the API, which needs no clone and gives the same
 * commits; all else by `git push`.
 *
 * @internal
 */
export class GitHubRemote implements Remote {
  /** Set when a commit came out as another one there: then all is pushed. */
  #alters = false;

  static create(options: {
    git: GitRemote;
    client: GitHubClient;
    owner: string;
    name: string;
  }): GitHubRemote {
    const { git, client, owner, name } = options;
    return new GitHubRemote(git, client, { owner, repo: name });
  }

  private constructor(
    private readonly git: GitRemote,
    private readonly client: GitHubClient,
    private readonly where: { owner: string; repo: string },
  ) {}

  async fetch(folder: string): Promise<void> {
    await this.git.fetch(folder);
  }

  async push(
    folder: string,
    moves: readonly BranchMove[],
  ): Promise<ReadonlyMap<BranchMove, Error>> {
    const failed = new Map<BranchMove, Error>();
    const pushed: BranchMove[] = [];
    for (const move of moves) {
      if (!(await this.goesByApi(folder, move))) {
        pushed.push(move);
        continue;
      }
      try {
        const moved = await askGitHub(`move ${move.branch}`, () =>
          this.propose(folder, move),
        );
        if (!moved) pushed.push(move);
      } catch (error) {
        const known =
          error instanceof ReviewError || error instanceof BranchMovedError;
        if (!known) throw error;
        failed.set(move, error);
      }
    }
    const others = await this.git.push(folder, pushed);
    return new Map([...failed, ...others]);
  }

  async deleteArchives(
    folder: string,
    archives: ReadonlyMap<string, string>,
  ): Promise<void> {
    await this.git.deleteArchives(folder, archives);
  }

  private async goesByApi(
    folder: string,
    { branch, commit }: BranchMove,
  ): Promise<boolean> {
    if (this.#alters || !commit || !branch.startsWith(PROPOSALS)) return false;
    const [parent] = (await readCommit(folder, commit)).parents;
    if (!parent) return false;
    const files = await changedEntries(folder, parent, commit);
    return files.length <= MAX_FILES;
  }

  /** @returns false where GitHub does not make the same commit; then nothing moved */
  private async propose(folder: string, move: BranchMove): Promise<boolean> {
    const { client, where } = this;
    const { branch, expected } = move;
    const found = await this.find(branch);
    if (found === move.commit) return true;
    if (found !== expected) throw new BranchMovedError(branch, expected, found);
    const sha = await sendCommit(client, where, folder, move.commit!);
    if (sha !== move.commit) {
      this.#alters = true;
      return false;
    }
    if (found === undefined) {
      const ref = `refs/heads/${branch}`;
      await client.git.createRef({ ...where, ref, sha }).catch(async error => {
        // The answer to an earlier request was lost.
        const there = statusOf(error) === 422 && (await this.find(branch));
        if (there !== sha) throw error;
      });
    } else {
      const ref = `heads/${branch}`;
      await client.git.updateRef({ ...where, ref, sha, force: true });
    }
    return true;
  }

  private async find(branch: string): Promise<string | undefined> {
    try {
      const ref = `heads/${branch}`;
      const { data } = await this.client.git.getRef({ ...this.where, ref });
      return data.object.sha;
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  }
}
