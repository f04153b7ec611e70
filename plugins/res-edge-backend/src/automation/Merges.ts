import { ConflictError } from '@backstage/errors';
import { ChangeRequest } from '@res-edge/backstage-plugin-res-edge-common';
import { ChangeRequestStore, StoredChangeRequest } from '../database';
import { commitMessage, GitRepository, TRAILERS } from '../git';
import { toChangeRequest } from '../service/operations';
import { approvableOf } from './ApprovableDecision';
import { Approvals } from './Approvals';
import { BOT, personOf } from './bot';
import { MAIN, MainState } from './MainBranch';
import { PullRequests } from './PullRequests';
import { PullRequestSync } from './PullRequestSync';

/** A change request that others merged. @internal */
export type NotedMerge = StoredChangeRequest & {
  readonly mergeCommit: string;
  readonly mergedBy: string;
};

/**
 * Merges change requests, and notices which ones others merged.
 *
 * @internal
 */
export class Merges {
  /** By change request its head and the main that is known not to hold it: saves to look again. */
  #unmerged: ReadonlyMap<string, string> = new Map();

  private constructor(
    private readonly repository: GitRepository,
    private readonly store: ChangeRequestStore,
    private readonly approvals: Approvals,
    private readonly pullRequests?: PullRequests,
    private readonly pulls?: PullRequestSync,
  ) {}

  static create(options: {
    repository: GitRepository;
    store: ChangeRequestStore;
    approvals: Approvals;
    pullRequests?: PullRequests;
    pulls?: PullRequestSync;
  }): Merges {
    const { repository, store, approvals, pullRequests, pulls } = options;
    return new Merges(repository, store, approvals, pullRequests, pulls);
  }

  /**
   * Notes which open ones main holds by now: merged elsewhere, or just before this process ended.
   *
   * @returns which, and who merged them
   */
  async note(now: Date): Promise<NotedMerge[]> {
    await this.pulls?.begin();
    const noted: NotedMerge[] = [];
    const unmerged = new Map<string, string>();
    const main = await this.repository.resolve(MAIN);
    for (const request of await this.store.listOpen()) {
      const merged = await this.mergedElsewhere(request, main);
      if (!merged) {
        unmerged.set(request.id, `${request.headCommit} ${main}`);
        continue;
      }
      const { id, pullRequest } = request;
      await this.store.transition(
        id,
        { state: 'open' },
        {
          ...{ state: 'merged', updatedAt: now.toISOString(), ...merged },
          pullRequest: pullRequest && { ...pullRequest, state: 'merged' },
        },
      );
      await dropBranch(this.repository, request);
      noted.push({ ...request, ...merged });
    }
    this.#unmerged = unmerged;
    return noted;
  }

  private async mergedElsewhere(
    request: StoredChangeRequest,
    main: string | undefined,
  ) {
    const { id, headCommit } = request;
    const isKnown = this.#unmerged.get(id) === `${headCommit} ${main}`;
    const found =
      main && headCommit && !isKnown
        ? await this.repository.mergeOf(headCommit, main)
        : undefined;
    const pull = await this.pulls?.ended(request);
    // Squashed together with what others pushed to the branch.
    const mergeCommit = found || pull?.mergeCommit;
    if (!mergeCommit) return undefined;
    const [merge] = await this.repository.log(mergeCommit, { limit: 1 });
    // GitHub was faster than what was fetched.
    if (!merge) return undefined;
    const { author, committer, date, trailers } = merge;
    // What is rebased keeps its author.
    const by = author.email === BOT.email ? committer : author;
    return {
      mergeCommit,
      mergedAt: date.toISOString(),
      mergedBy:
        trailers.get(TRAILERS.approvedBy)?.at(-1) ?? pull?.mergedBy ?? by.name,
    };
  }

  /**
   * Says on main which commits merged a change request without holding the commit that was proposed: squashed or
   * rebased, they would count as changes by hand. From then on Git alone knows.
   *
   * @returns whether it committed; then main has to be read again
   */
  async confirm(
    { commit: parent, drift }: Pick<MainState, 'commit' | 'drift'>,
    now: Date,
    beforeCommit: () => Promise<void>,
  ): Promise<boolean> {
    for (const { ref, commits } of drift) {
      const found = commits.map(({ commit }) => commit);
      for (const request of await this.store.listMerged(ref, found)) {
        if (!(await this.isWhole(request))) continue;
        await beforeCommit();
        await this.repository.commit({
          ...{ branch: MAIN, parent, author: BOT, date: now },
          ...{ changes: [], allowEmpty: true },
          message: commitMessage({
            subject: `Note what was merged: ${request.title}`,
            trailers: {
              [TRAILERS.intent]: ref,
              [TRAILERS.plan]: request.planId,
              [TRAILERS.merged]: request.mergeCommit,
              [TRAILERS.requestedBy]: request.requestedBy,
              [TRAILERS.approvedBy]: request.mergedBy,
            },
          }),
        });
        return true;
      }
    }
    return false;
  }

  /** Whether the merge brought what was proposed, and nothing else. */
  private async isWhole({ headCommit, mergeCommit }: StoredChangeRequest) {
    return (
      headCommit !== undefined &&
      mergeCommit !== undefined &&
      (await this.repository.mergeOf(headCommit, mergeCommit)) === mergeCommit
    );
  }

  /**
   * Merges what was read.
   *
   * @param digest - of the decision that the person has read
   * @param held - references of entities that somebody changed by hand
   * @param breakGlass - why it is merged without the approvals that it needs
   * @throws ConflictError where it changed meanwhile, is not open, is blocked or held, lacks an approval, or does not merge
   */
  async merge(
    id: string,
    digest: string,
    actor: string,
    {
      now,
      held,
      breakGlass,
    }: { now: Date; held: ReadonlySet<string>; breakGlass?: string },
  ): Promise<ChangeRequest> {
    const request = await this.store.get(id);
    if (request.state !== 'open')
      throw new ConflictError(
        `Change request '${id}' is ${request.state} already`,
      );
    if (request.digest !== digest) {
      throw new ConflictError(
        `Change request '${id}' changed meanwhile: read it again, then merge what it says now`,
      );
    }
    if (held.has(request.intent))
      throw new ConflictError(
        `Change request '${id}' cannot be merged: somebody changed ${request.intent} by hand on main; adopt or discard that first`,
      );
    if (request.blocked)
      throw new ConflictError(
        `Change request '${id}' cannot be merged: ${request.blocked}`,
      );
    const decision = approvableOf(request);
    if (breakGlass === undefined) await this.approvals.require(decision);
    const mergeCommit = await this.mergeBranch(request, now, {
      actor,
      approvedBy: await this.approvals.given(decision),
      breakGlass,
    });
    const at = now.toISOString();
    const merged = await this.store.transition(
      id,
      { state: 'open', digest },
      {
        state: 'merged',
        updatedAt: at,
        mergedAt: at,
        mergedBy: actor,
        mergeCommit,
        pullRequest: request.pullRequest && {
          ...request.pullRequest,
          state: 'merged',
        },
      },
    );
    await dropBranch(this.repository, request);
    if (breakGlass !== undefined)
      await this.approvals.tellBroken(decision, actor, breakGlass);
    return toChangeRequest(merged, []);
  }

  private async mergeBranch(
    request: StoredChangeRequest,
    now: Date,
    by: { actor: string; approvedBy: string[]; breakGlass?: string },
  ): Promise<string> {
    const message = commitMessage({
      subject: request.title,
      trailers: {
        [TRAILERS.intent]: request.intent,
        [TRAILERS.plan]: request.planId,
        [TRAILERS.requestedBy]: request.requestedBy,
        [TRAILERS.approvedBy]: [...new Set([...by.approvedBy, by.actor])],
        [TRAILERS.breakGlass]: by.breakGlass,
      },
    });
    const { pullRequests } = this;
    if (!pullRequests)
      return this.repository.merge({
        branch: request.branch,
        into: MAIN,
        expected: { branch: request.headCommit },
        author: personOf(by.actor),
        committer: BOT,
        date: now,
        message,
      });
    if (!request.pullRequest || !request.headCommit)
      throw new ConflictError(
        `Change request '${request.id}' has no pull request yet: try again after the next run`,
      );
    const { number } = request.pullRequest;
    const options = { commit: request.headCommit, message };
    const { actor, breakGlass: reason } = by;
    await this.pulls?.checks.reportOne(
      request,
      reason === undefined ? undefined : { actor, reason },
    );
    const mergeCommit = await pullRequests
      .merge(number, options)
      .catch(async error => {
        // What was told for this merge alone holds no more.
        await this.pulls?.checks.reportOne(await this.store.get(request.id));
        throw error;
      });
    await this.repository.fetch();
    return mergeCommit;
  }
}

/** A branch that others moved stays. @internal */
export async function dropBranch(
  repository: GitRepository,
  { branch, headCommit }: StoredChangeRequest,
): Promise<void> {
  const head = await repository.resolve(branch);
  if (head && head === headCommit) await repository.deleteBranch(branch, head);
}
