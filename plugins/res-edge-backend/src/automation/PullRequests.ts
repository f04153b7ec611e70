import { Check } from '../database';

/** A pull request on the server where change requests are reviewed. @internal */
export interface PullRequest {
  readonly number: number;
  /** The server's own name for it, where it has one. */
  readonly nodeId?: string;
  readonly url: string;
  readonly state: 'open' | 'closed' | 'merged';
  readonly branch: string;
  readonly base: string;
  readonly title: string;
  readonly text: string;
  readonly labels: readonly string[];
  readonly autoMerge: boolean;
  readonly mergedBy?: string;
  readonly mergedAt?: Date;
  readonly mergeCommit?: string;
}

/** How a pull request shall be. @internal */
export interface PullRequestDraft {
  readonly branch: string;
  readonly title: string;
  /** Markdown. */
  readonly text: string;
  /** References of the entities that shall review it. */
  readonly owners: readonly string[];
}

/**
 * Pull requests on the server that has the repository. Each of these is safe to be done again.
 *
 * @internal
 */
export interface PullRequests {
  /** The open ones of change requests, by branch. */
  listOpen(): Promise<ReadonlyMap<string, PullRequest>>;

  get(number: number): Promise<PullRequest>;

  /** Opens one, or finds the open one of the branch. */
  open(draft: PullRequestDraft): Promise<PullRequest>;

  /** Brings an open one to the draft, where it differs. */
  update(current: PullRequest, draft: PullRequestDraft): Promise<PullRequest>;

  /** Closes one, and says why in its text. */
  close(current: PullRequest, why: string): Promise<void>;

  /** Says of a commit whether it may be merged. Does nothing where that is not asked for. */
  setCheck(commit: string, check: Check): Promise<void>;

  /**
   * Merges one.
   *
   * @param options - `commit`: what was read; `message`: of the merge commit
   * @returns the commit that main has now
   * @throws ConflictError where it does not merge, or holds another commit
   */
  merge(
    number: number,
    options: { commit: string; message: string },
  ): Promise<string>;
}
