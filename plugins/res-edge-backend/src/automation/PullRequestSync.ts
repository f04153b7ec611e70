import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import { ChangeRequestStore, StoredChangeRequest } from '../database';
import { Approvals } from './Approvals';
import { PullRequestChecks } from './PullRequestChecks';
import { ReviewError } from './ReviewError';
import { PullRequest, PullRequestDraft, PullRequests } from './PullRequests';

/**
 * Keeps one pull request for each open change request, where the repository is on a server that has them.
 *
 * What is open there is read once at the beginning of a run. Nothing is opened that is there already, and what a person
 * closed stays closed until something else is asked for. A server that does not answer holds up nothing else.
 *
 * @internal
 */
export class PullRequestSync {
  /** Undefined where the server could not be read. */
  #open?: ReadonlyMap<string, PullRequest>;
  #problem?: Problem;

  readonly checks: PullRequestChecks;

  private constructor(
    private readonly pullRequests: PullRequests,
    private readonly store: ChangeRequestStore,
    approvals: Approvals,
  ) {
    const options = { pullRequests, store, approvals };
    this.checks = PullRequestChecks.create(options);
  }

  static create(options: {
    pullRequests: PullRequests;
    store: ChangeRequestStore;
    approvals: Approvals;
  }): PullRequestSync {
    const { pullRequests, store, approvals } = options;
    return new PullRequestSync(pullRequests, store, approvals);
  }

  /** Reads what is open. */
  async begin(): Promise<void> {
    this.#open = undefined;
    this.#problem = await this.try('', async () => {
      this.#open = await this.pullRequests.listOpen();
    });
  }

  /**
   * Opens the pull request of a change request, or brings it to what is asked for by now.
   *
   * @returns what does not work
   */
  async bring(
    id: string,
    draft: PullRequestDraft,
    now: Date,
  ): Promise<Problem | undefined> {
    if (!this.#open) return this.#problem;
    const request = await this.store.get(id);
    const known = this.#open.get(draft.branch);
    return this.try(request.intent, async () => {
      let pull: PullRequest;
      if (known) pull = await this.pullRequests.update(known, draft);
      else if (request.pullRequest)
        pull = await this.pullRequests.get(request.pullRequest.number);
      else pull = await this.pullRequests.open(draft);
      await this.note(request, pull, now);
    });
  }

  /**
   * Closes the pull request of a change request that nobody asks for any more.
   *
   * @returns what does not work
   */
  async close(
    { branch, intent }: Pick<StoredChangeRequest, 'branch' | 'intent'>,
    why: string,
  ): Promise<Problem | undefined> {
    if (!this.#open) return this.#problem;
    const known = this.#open.get(branch);
    if (!known) return undefined;
    return this.try(intent, () => this.pullRequests.close(known, why));
  }

  /**
   * Says of each open pull request whether it may be merged.
   *
   * @returns what does not work; a server that could not be read was a problem already
   */
  async report(): Promise<Problem[]> {
    return this.#open ? this.checks.report() : [];
  }

  /** The pull request of a change request, where it is known to be open no more. */
  async ended({
    branch,
    intent,
    pullRequest,
  }: StoredChangeRequest): Promise<PullRequest | undefined> {
    if (!this.#open || !pullRequest || this.#open.has(branch)) return undefined;
    let ended: PullRequest | undefined;
    await this.try(intent, async () => {
      ended = await this.pullRequests.get(pullRequest.number);
    });
    return ended;
  }

  private async note(
    request: StoredChangeRequest,
    { number, url, state }: PullRequest,
    now: Date,
  ): Promise<void> {
    const before = request.pullRequest;
    const closed = `Somebody closed pull request #${number}: open it again there, or change what is asked for`;
    const otherwise = request.blocked === closed ? undefined : request.blocked;
    const blocked = state === 'closed' ? closed : otherwise;
    if (
      before?.number === number &&
      before.state === state &&
      request.blocked === blocked
    )
      return;
    await this.store.transition(
      request.id,
      { state: 'open' },
      {
        state: 'open',
        updatedAt: now.toISOString(),
        pullRequest: { number, url, state },
        blocked,
      },
    );
  }

  /** Of a server that does not do what it is asked for. */
  private async try(
    entity: string,
    task: () => Promise<void>,
  ): Promise<Problem | undefined> {
    try {
      await task();
      return undefined;
    } catch (error) {
      if (!(error instanceof ReviewError)) throw error;
      return { entity, field: '', message: error.message };
    }
  }
}
