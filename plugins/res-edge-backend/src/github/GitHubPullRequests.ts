import { ConflictError } from '@backstage/errors';
import {
  PullRequest,
  PullRequestDraft,
  PullRequests,
} from '../automation/PullRequests';
import { Check } from '../database';
import { GitHubClient } from './createGitHubClient';
import { GitHubStatuses } from './GitHubStatuses';
import { askGitHub, statusOf } from './githubErrors';
import { markText, unmarkText } from './markText';
import { toPullRequest } from './toPullRequest';

/** Who is asked to review. @internal */
export interface Reviewers {
  readonly users: readonly string[];
  readonly teams: readonly string[];
}

const MAIN = 'main';
const PROPOSALS = 'res-edge/';
const PAGE = 100;

const AUTO_MERGE = `mutation ($id: ID!, $mergeMethod: PullRequestMergeMethod!) {
  enablePullRequestAutoMerge(input: { pullRequestId: $id, mergeMethod: $mergeMethod }) { clientMutationId }
}`;

/**
 * Pull requests on GitHub, one for each branch of a change request. What people write into the text of one stays: only the
 * part between marks is Res-Edge's.
 *
 * @internal
 */
export class GitHubPullRequests implements PullRequests {
  static create(options: {
    client: GitHubClient;
    owner: string;
    name: string;
    labels: readonly string[];
    autoMerge: boolean;
    mergeMethod: 'merge' | 'squash' | 'rebase';
    /** Left out where checks are not told. */
    statuses?: GitHubStatuses;
    reviewersOf: (owners: readonly string[]) => Promise<Reviewers>;
    /** Told what did not work and holds up nothing. */
    onWarning: (message: string) => void;
  }): GitHubPullRequests {
    return new GitHubPullRequests(options);
  }

  private readonly where: { owner: string; repo: string };

  private constructor(
    private readonly options: Parameters<
      (typeof GitHubPullRequests)['create']
    >[0],
  ) {
    this.where = { owner: options.owner, repo: options.name };
  }

  async listOpen(): Promise<ReadonlyMap<string, PullRequest>> {
    const { client } = this.options;
    const found = await askGitHub('list pull requests', () =>
      client.paginate(client.pulls.list, {
        ...this.where,
        state: 'open',
        per_page: PAGE,
      }),
    );
    const fullName = `${this.where.owner}/${this.where.repo}`.toLowerCase();
    return new Map(
      found
        // A fork may have branches of the same names.
        .filter(({ head }) => head.repo?.full_name.toLowerCase() === fullName)
        .map(toPullRequest)
        .filter(({ branch }) => branch.startsWith(PROPOSALS))
        .map(pull => [pull.branch, pull]),
    );
  }

  async get(number: number): Promise<PullRequest> {
    const { data } = await askGitHub(`show pull request #${number}`, () =>
      this.options.client.pulls.get({ ...this.where, pull_number: number }),
    );
    return toPullRequest(data);
  }

  async open(draft: PullRequestDraft): Promise<PullRequest> {
    const { client } = this.options;
    const { branch, title } = draft;
    const created = await askGitHub(`open a pull request of ${branch}`, () =>
      client.pulls
        .create({
          ...this.where,
          title,
          head: branch,
          base: MAIN,
          body: markText('', draft.text),
        })
        .catch(async error => {
          // It is there: the answer to an earlier request was lost.
          const known =
            statusOf(error) === 422 && (await this.listOpen()).get(branch);
          if (!known) throw error;
          return { known };
        }),
    );
    const opened =
      'known' in created ? created.known : toPullRequest(created.data);
    await this.label(opened);
    await this.askReviewers(opened, draft);
    await this.askMerge(opened);
    return opened;
  }

  async update(
    current: PullRequest,
    draft: PullRequestDraft,
  ): Promise<PullRequest> {
    await this.label(current);
    const text = markText(current.text, draft.text);
    const { title } = draft;
    const same =
      current.text === text && current.title === title && current.base === MAIN;
    if (same) return current;
    const { number } = current;
    const { data } = await askGitHub(`change pull request #${number}`, () =>
      this.options.client.pulls.update({
        ...this.where,
        pull_number: number,
        title,
        body: text,
        base: MAIN,
      }),
    );
    await this.askMerge(current);
    return toPullRequest(data);
  }

  async close(current: PullRequest, why: string): Promise<void> {
    await askGitHub(`close pull request #${current.number}`, () =>
      this.options.client.pulls.update({
        ...this.where,
        pull_number: current.number,
        state: 'closed',
        body: markText(
          current.text,
          `**Closed by Res-Edge: ${why}**\n\n${unmarkText(current.text)}`,
        ),
      }),
    );
  }

  async setCheck(commit: string, check: Check): Promise<void> {
    await this.options.statuses?.set(commit, check);
  }

  async merge(
    number: number,
    { commit, message }: { commit: string; message: string },
  ): Promise<string> {
    const [subject, ...rest] = message.split('\n');
    const { data } = await askGitHub(`merge pull request #${number}`, () =>
      this.options.client.pulls
        .merge({
          ...this.where,
          pull_number: number,
          sha: commit,
          merge_method: this.options.mergeMethod,
          commit_title: subject,
          commit_message: rest.join('\n').trim(),
        })
        .catch(error => {
          if (![405, 409, 422].includes(statusOf(error) ?? 0)) throw error;
          throw new ConflictError(
            `GitHub does not merge pull request #${number}: ${error.message}`,
          );
        }),
    );
    return data.sha;
  }

  private async label(pull: PullRequest): Promise<void> {
    const { client, labels } = this.options;
    const missing = labels.filter(label => !pull.labels.includes(label));
    if (missing.length === 0) return;
    await this.try(`label pull request #${pull.number}`, async () => {
      await client.issues.addLabels({
        ...this.where,
        issue_number: pull.number,
        labels: missing,
      });
    });
  }

  /** Merged once all that protects main is content; GitHub refuses that where nothing has to be awaited. */
  private async askMerge({ number, nodeId, autoMerge }: PullRequest) {
    const { client, autoMerge: wanted } = this.options;
    if (!wanted || autoMerge) return;
    await this.try(`auto-merge pull request #${number}`, async () => {
      const mergeMethod = this.options.mergeMethod.toUpperCase();
      await client.graphql(AUTO_MERGE, { id: nodeId, mergeMethod });
    });
  }

  private async askReviewers(
    { number }: PullRequest,
    { owners }: PullRequestDraft,
  ): Promise<void> {
    const { client, reviewersOf } = this.options;
    await this.try(`ask for reviews of pull request #${number}`, async () => {
      const { users, teams } = await reviewersOf(owners);
      if (users.length + teams.length === 0) return;
      await client.pulls.requestReviewers({
        ...this.where,
        pull_number: number,
        reviewers: [...users],
        team_reviewers: [...teams],
      });
    });
  }

  /** What goes beside a pull request: without it, the pull request is there nevertheless. */
  private async try(what: string, request: () => Promise<void>): Promise<void> {
    try {
      await request();
    } catch (error) {
      this.options.onWarning(
        `GitHub does not ${what}: ${(error as Error).message}`,
      );
    }
  }
}
