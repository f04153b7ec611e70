import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import { Check, ChangeRequestStore, StoredChangeRequest } from '../database';
import { approvableOf } from './ApprovableDecision';
import { Approvals } from './Approvals';
import { BrokenGlass, checksOf } from './checksOf';
import { PullRequests } from './PullRequests';
import { ReviewError } from './ReviewError';

/**
 * Tells the server where pull requests are reviewed whether each may be merged, so that its own button can obey. What it
 * was told last is kept with the change request: only what changed is told.
 *
 * @internal
 */
export class PullRequestChecks {
  private constructor(
    private readonly pullRequests: PullRequests,
    private readonly store: ChangeRequestStore,
    private readonly approvals: Approvals,
  ) {}

  static create(options: {
    pullRequests: PullRequests;
    store: ChangeRequestStore;
    approvals: Approvals;
  }): PullRequestChecks {
    const { pullRequests, store, approvals } = options;
    return new PullRequestChecks(pullRequests, store, approvals);
  }

  /**
   * Tells of all that are open.
   *
   * @returns what does not work
   */
  async report(): Promise<Problem[]> {
    const problems: Problem[] = [];
    for (const request of await this.store.listOpen()) {
      const problem = await this.reportOne(request);
      if (problem) problems.push(problem);
    }
    return problems;
  }

  /**
   * Tells of one.
   *
   * @param brokenGlass - who merges it without the approvals that it needs, and why
   * @returns what does not work
   */
  async reportOne(
    request: StoredChangeRequest,
    brokenGlass?: BrokenGlass,
  ): Promise<Problem | undefined> {
    const { id, intent, headCommit, pullRequest, checks: told } = request;
    if (!headCommit || pullRequest?.state !== 'open') return undefined;
    const known = told?.commit === headCommit ? told.checks : [];
    const [approvals] = await this.approvals.judge([approvableOf(request)]);
    const checks = checksOf(request, approvals, brokenGlass);
    const changed = checks.filter(check => !known.some(isSame(check)));
    if (changed.length === 0) return undefined;
    try {
      for (const check of changed)
        await this.pullRequests.setCheck(headCommit, check);
    } catch (error) {
      if (!(error instanceof ReviewError)) throw error;
      return { entity: intent, field: '', message: error.message };
    }
    await this.store.noteChecks(id, { commit: headCommit, checks });
    return undefined;
  }
}

function isSame(check: Check) {
  return (other: Check) =>
    check.name === other.name &&
    check.state === other.state &&
    check.text === other.text &&
    check.link === other.link;
}
