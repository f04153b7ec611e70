import { InputError } from '@backstage/errors';
import { FileDiff, Problem } from '@res-edge/backstage-plugin-res-edge-common';
import { createHash } from 'node:crypto';
import {
  ChangeRequestStore,
  PlanStore,
  ShownLosses,
  StoredChangeRequest,
} from '../database';
import { commitMessage, GitRepository, TRAILERS } from '../git';
import { ReviewError } from './ReviewError';
import { approvableOf } from './ApprovableDecision';
import { Approvals } from './Approvals';
import { BOT } from './bot';
import { describeDrift } from './Drift';
import { describeProblems } from './describeProblems';
import { Intent } from './Intent';
import { changeRequestText } from './changeRequestText';
import { dropBranch, Merges } from './Merges';
import { PullRequestDraft, PullRequests } from './PullRequests';
import { RolloutNews } from './RolloutNews';
import { PullRequestSync } from './PullRequestSync';
import { branchOf, idOf } from './changeRequestNames';
import { intentEffect } from './intentEffect';
import { originOf } from '../util/originOf';
import { PlannedMain } from './PlannedMain';
import { isProposal } from './isProposal';
import { leftOverBranches } from './leftOverBranches';
import { MAIN, MainState } from './MainBranch';
import { totalsOf } from './planEffects';
import { shownLosses } from './shownLosses';

/** Why a change request is closed. */
const OVERTAKEN = 'main says it already, or it is asked for no more';

interface PlannedRequest {
  /** Of which main and inventory. */
  readonly basis: string;
  readonly problems: readonly Problem[];
  readonly draft: PullRequestDraft;
}

/**
 * Keeps one change request for each intent: a branch of main with this intent alone, and the plan that it would cause.
 *
 * The branch's name follows from the intent, so that a second try finds the first one. A branch stays as it is while its
 * decision does (same digest) and it still merges; what it would cause is planned again when main or the inventory moves.
 *
 * @internal
 */
export class ChangeRequests {
  readonly merges: Merges;
  readonly #pulls?: PullRequestSync;

  private constructor(
    private readonly repository: GitRepository,
    private readonly store: ChangeRequestStore,
    private readonly plans: PlanStore,
    private readonly approvals: Approvals,
    /** By id: what each open one was planned with, and the problems found. */
    private readonly planned: Map<string, PlannedRequest>,
    pullRequests?: PullRequests,
    private readonly news?: RolloutNews,
  ) {
    this.#pulls =
      pullRequests &&
      PullRequestSync.create({ pullRequests, store, approvals });
    const pulls = this.#pulls;
    this.merges = Merges.create({
      ...{ repository, store, approvals, pullRequests, pulls },
    });
  }

  static create(options: {
    repository: GitRepository;
    store: ChangeRequestStore;
    plans: PlanStore;
    approvals: Approvals;
    /** Of the server that has the repository. */
    pullRequests?: PullRequests;
    /** Tells owners of rollouts that wait for a person; nobody where left out. */
    news?: RolloutNews;
  }): ChangeRequests {
    return new ChangeRequests(
      options.repository,
      options.store,
      options.plans,
      options.approvals,
      new Map(),
      options.pullRequests,
      options.news,
    );
  }

  /**
   * Brings the open change requests to these intents.
   *
   * @returns the problems of the intents' own entities, which block their merge
   */
  async sync(
    intents: readonly Intent[],
    planned: PlannedMain,
    now: Date,
    beforeCommit: () => Promise<void>,
  ): Promise<Problem[]> {
    const open = new Map(
      (await this.store.listOpen()).map(item => [item.intent, item]),
    );
    const problems: Problem[] = [];
    for (const drift of planned.main.drift) {
      const waiting = open.get(drift.ref);
      open.delete(drift.ref);
      if (waiting) await this.hold(waiting, describeDrift(drift), now);
    }
    for (const intent of intents) {
      const existing = open.get(intent.ref);
      open.delete(intent.ref);
      try {
        problems.push(
          ...(await this.propose(intent, existing, planned, now, beforeCommit)),
        );
      } catch (error) {
        // One intent that cannot be proposed does not hold up the others; a lost lease shows at the next commit again.
        const own = error instanceof InputError || error instanceof ReviewError;
        if (!own) throw error;
        problems.push({
          entity: intent.ref,
          field: '',
          message: `Cannot be proposed: ${error.message}`,
        });
      }
    }
    for (const left of open.values()) {
      const problem = await this.settle(left, now, beforeCommit);
      if (problem) problems.push(problem);
    }
    for (const [branch, commit] of await leftOverBranches(
      this.repository,
      this.store,
    )) {
      await beforeCommit();
      const left = { branch, intent: '' };
      const problem = await this.#pulls?.close(left, OVERTAKEN);
      if (problem) problems.push(problem);
      else await this.repository.deleteBranch(branch, commit);
    }
    problems.push(...((await this.#pulls?.report()) ?? []));
    // A server that cannot be read is one problem of all.
    return [...new Set(problems)];
  }

  private async propose(
    intent: Intent,
    existing: StoredChangeRequest | undefined,
    planned: PlannedMain,
    now: Date,
    beforeCommit: () => Promise<void>,
  ): Promise<readonly Problem[]> {
    const { main } = planned;
    const same = existing?.digest === intent.digest;
    const basis = `${main.commit} ${planned.registration.revision}`;
    const known = same ? this.planned.get(existing.id) : undefined;
    const branch = branchOf(intent);
    const head = await this.repository.resolve(branch);
    if (existing && known?.basis === basis && existing.headCommit === head) {
      const problem = await this.#pulls?.bring(existing.id, known.draft, now);
      return problem ? [...known.problems, problem] : known.problems;
    }

    const { effects, bills, problems, losses } = intentEffect(intent, planned);
    const own = problems.filter(problem => problem.entity === intent.ref);
    const id = existing?.id ?? idOf(intent, main.commit);
    const headCommit = await this.writeBranch(
      intent,
      branch,
      same ? existing.headCommit : undefined,
      main,
      beforeCommit,
    );
    const totals = totalsOf(effects, bills);
    const at = now.toISOString();
    const planId = `${id}-${createHash('sha256')
      .update(basis + intent.digest)
      .digest('hex')
      .slice(0, 8)}`;
    const plan = {
      id: planId,
      createdAt: at,
      cause: intent.title,
      changeRequest: id,
      mainCommit: main.commit,
      inventoryRevision: planned.registration.revision,
      totals,
      effects,
      problems: own,
    };
    await this.plans.save(plan, shownLosses(intent, main, losses));
    const requestedBy = intent.location && originOf(intent.location);
    const pullRequest = same ? existing.pullRequest : undefined;
    const stored: StoredChangeRequest = {
      id,
      intent: intent.ref,
      title: intent.title,
      state: 'open',
      branch,
      digest: intent.digest,
      requestedBy,
      pullRequest,
      createdAt: existing?.createdAt ?? at,
      updatedAt: same ? existing.updatedAt : at,
      blocked: own.length > 0 ? describeProblems(own) : undefined,
      approvals: await this.approvals.needs(intent, main),
      checks: existing?.checks,
      totals,
      baseCommit: main.commit,
      headCommit,
      planId,
    };
    await this.store.upsert(stored);
    if (!same) await this.ask(intent, stored);
    const owner = ownerOf(intent);
    const draft = {
      branch,
      title: intent.title,
      owners: owner === undefined ? [] : [owner],
      text: changeRequestText({
        ...{ intent: intent.ref, owner, requestedBy, totals, effects },
        problems: own,
        files: filesOf(intent, main),
      }),
    };
    this.planned.set(id, { basis, problems: own, draft });
    const problem = await this.#pulls?.bring(id, draft, now);
    return problem ? [...own, problem] : own;
  }

  /** Tells those whom it waits for. */
  private async ask(
    { rollout, title }: Intent,
    stored: StoredChangeRequest,
  ): Promise<void> {
    await this.approvals.ask(approvableOf(stored));
    if (rollout) await this.news?.tellWaiting(rollout, title);
  }

  /** All that are open, the newest first. */
  async listOpen(): Promise<StoredChangeRequest[]> {
    return this.store.listOpen();
  }

  /** What a change request says that it takes away. */
  async shownLosses(id: string): Promise<ShownLosses | undefined> {
    const { planId } = await this.store.get(id);
    return planId === undefined ? undefined : this.plans.shownLosses(planId);
  }

  /** Keeps a change request as it is, for nothing is merged over what somebody changed by hand. */
  private async hold(
    request: StoredChangeRequest,
    blocked: string,
    now: Date,
  ): Promise<void> {
    this.planned.delete(request.id);
    if (request.blocked === blocked) return;
    const updatedAt = now.toISOString();
    const state = 'open' as const;
    const change = { state, updatedAt, blocked };
    await this.store.transition(request.id, { state }, change);
  }

  /**
   * The branch with this intent on main. The one that is there stays where it is what was read (`known`), or says the same,
   * and still merges; what others committed to it is no part of the decision, and goes.
   */
  private async writeBranch(
    intent: Intent,
    branch: string,
    known: string | undefined,
    main: MainState,
    beforeCommit: () => Promise<void>,
  ): Promise<string> {
    const head = await this.repository.resolve(branch);
    const stays =
      head !== undefined &&
      (head === known ||
        (await isProposal(this.repository, head, intent, main.commit))) &&
      (await this.repository.canMerge(branch, MAIN)).mergeable;
    if (stays) return head;
    await beforeCommit();
    return this.repository.commit({
      branch,
      parent: main.commit,
      expected: { commit: head },
      author: BOT,
      message: commitMessage({
        subject: intent.title,
        trailers: {
          [TRAILERS.intent]: intent.ref,
          [TRAILERS.requestedBy]: intent.location && originOf(intent.location),
        },
      }),
      changes: intent.changes,
    });
  }

  /** An open change request that nobody asks for any more: overtaken. */
  private async settle(
    request: StoredChangeRequest,
    now: Date,
    beforeCommit: () => Promise<void>,
  ): Promise<Problem | undefined> {
    await beforeCommit();
    const problem = await this.#pulls?.close(request, OVERTAKEN);
    // It is closed with the next run.
    if (problem) return problem;
    const state = 'open' as const;
    const updatedAt = now.toISOString();
    const pullRequest = request.pullRequest && {
      ...request.pullRequest,
      state: 'closed' as const,
    };
    const change = { state: 'superseded' as const, updatedAt, pullRequest };
    await this.store.transition(request.id, { state }, change);
    await dropBranch(this.repository, request);
    return undefined;
  }

  /** The files that a change request changes on main: its branch is one commit, merged or not. */
  async files(id: string): Promise<FileDiff[]> {
    const { headCommit } = await this.store.get(id);
    if (!headCommit) return [];
    const [head] = await this.repository.log(headCommit, { limit: 1 });
    return this.repository.diff(head.parents[0], headCommit);
  }
}

function ownerOf({ entity }: Intent): string | undefined {
  return (entity?.spec as { owner?: string } | undefined)?.owner;
}

function filesOf({ changes }: Intent, { files }: MainState) {
  return changes.map(({ path, content }) => {
    const before = files.has(path) ? ('changed' as const) : ('added' as const);
    return {
      path,
      status: content === undefined ? ('removed' as const) : before,
    };
  });
}
