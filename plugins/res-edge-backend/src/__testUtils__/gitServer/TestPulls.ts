import { HttpError } from './HttpError';
import { ObjectStore } from './ObjectStore';

/** A pull request as GitHub tells of it; only what is read of it. */
export interface TestPull {
  number: number;
  node_id: string;
  html_url: string;
  state: 'open' | 'closed';
  title: string;
  body: string;
  head: { ref: string; sha: string; repo: { full_name: string } };
  base: { ref: string };
  labels: { name: string }[];
  reviewers: string[];
  comments: string[];
  merged: boolean;
  merged_at: string | null;
  merged_by: { login: string } | null;
  merge_commit_sha: string | null;
  auto_merge: object | null;
}

/** A commit status. */
export interface TestStatus {
  context: string;
  state: string;
  description: string;
  target_url?: string;
}

const STATES = ['error', 'failure', 'pending', 'success'];
const MAX_DESCRIPTION = 140;

const WEB = {
  name: 'GitHub',
  email: 'noreply@github.com',
};

/** Pull requests over the branches of a real repository. */
export class TestPulls {
  readonly #pulls: TestPull[] = [];
  /** Who may be asked to review; everybody where undefined. */
  collaborators?: string[];
  /** Whether what protects main lets a merge through. */
  mergeAllowed = true;
  /** Contexts of statuses that protect main. */
  required: string[] = [];
  /** By commit, the newest last. */
  readonly statuses = new Map<string, TestStatus[]>();

  static create(store: ObjectStore): TestPulls {
    return new TestPulls(store);
  }

  private constructor(private readonly store: ObjectStore) {}

  /** All, also closed ones. */
  async all(): Promise<TestPull[]> {
    for (const pull of this.#pulls) await this.refresh(pull);
    return this.#pulls;
  }

  /** As if there had been none. */
  forget(): void {
    this.#pulls.length = 0;
  }

  async list(query: URLSearchParams): Promise<TestPull[]> {
    const state = query.get('state') ?? 'open';
    const head = query.get('head')?.replace(/^fleet:/, '');
    const size = Number(query.get('per_page') ?? 30);
    const page = Number(query.get('page') ?? 1);
    const found = (await this.all()).filter(
      pull =>
        (state === 'all' || pull.state === state) &&
        (!head || pull.head.ref === head),
    );
    return found.reverse().slice((page - 1) * size, page * size);
  }

  async get(number: number): Promise<TestPull> {
    const pull = this.#pulls[number - 1];
    if (!pull) throw new HttpError(404, 'Not Found');
    await this.refresh(pull);
    return pull;
  }

  async open(body: {
    title: string;
    head: string;
    base: string;
    body: string;
  }): Promise<TestPull> {
    const sha = await this.store.resolve(`refs/heads/${body.head}`);
    if (!sha) throw new HttpError(422, 'Validation Failed: head is invalid');
    const open = (await this.all()).some(
      pull => pull.state === 'open' && pull.head.ref === body.head,
    );
    if (open)
      throw new HttpError(
        422,
        `A pull request already exists for fleet:${body.head}.`,
      );
    const number = this.#pulls.length + 1;
    const pull: TestPull = {
      number,
      node_id: `PR_${number}`,
      html_url: `https://github.com/fleet/gitops/pull/${number}`,
      state: 'open',
      title: body.title,
      body: body.body,
      head: { ref: body.head, sha, repo: { full_name: 'fleet/gitops' } },
      base: { ref: body.base },
      labels: [],
      reviewers: [],
      comments: [],
      merged: false,
      merged_at: null,
      merged_by: null,
      merge_commit_sha: null,
      auto_merge: null,
    };
    this.#pulls.push(pull);
    return pull;
  }

  async update(
    number: number,
    { title, body, state }: Partial<TestPull>,
  ): Promise<TestPull> {
    const pull = await this.get(number);
    if (state === 'open' && pull.merged)
      throw new HttpError(422, 'Validation Failed');
    Object.assign(
      pull,
      JSON.parse(JSON.stringify({ title, body, state })) as object,
    );
    return pull;
  }

  async label(number: number, labels: string[]) {
    const pull = await this.get(number);
    for (const name of labels) {
      if (!pull.labels.some(label => label.name === name))
        pull.labels.push({ name });
    }
    return pull.labels;
  }

  async comment(number: number, text: string) {
    const pull = await this.get(number);
    pull.comments.push(text);
    return { body: text };
  }

  async review(
    number: number,
    {
      reviewers = [],
      team_reviewers: teams = [],
    }: { reviewers?: string[]; team_reviewers?: string[] },
  ) {
    const pull = await this.get(number);
    const asked = [...reviewers, ...teams];
    const { collaborators } = this;
    if (collaborators && asked.some(name => !collaborators.includes(name)))
      throw new HttpError(
        422,
        'Reviews may only be requested from collaborators.',
      );
    pull.reviewers = [...new Set([...pull.reviewers, ...asked])];
    return pull;
  }

  check(commit: string, status: TestStatus): TestStatus {
    if (
      !STATES.includes(status.state) ||
      status.description.length > MAX_DESCRIPTION
    )
      throw new HttpError(422, 'Validation Failed');
    const known = this.statuses.get(commit) ?? [];
    this.statuses.set(commit, [...known, status]);
    return status;
  }

  /** The newest of a context. */
  statusOf(commit: string, context: string): TestStatus | undefined {
    return this.statuses
      .get(commit)
      ?.filter(status => status.context === context)
      .pop();
  }

  /** As a person does it there; `method` as GitHub names them. */
  async merge(
    number: number,
    options: {
      sha?: string;
      merge_method?: 'merge' | 'squash' | 'rebase';
      commit_title?: string;
      commit_message?: string;
    },
    login = 'res-edge[bot]',
  ) {
    const pull = await this.get(number);
    const missing = this.required.filter(
      context => this.statusOf(pull.head.sha, context)?.state !== 'success',
    );
    if (missing.length > 0)
      throw new HttpError(
        405,
        `Required status check "${missing[0]}" is expected.`,
      );
    if (pull.state !== 'open' || !this.mergeAllowed)
      throw new HttpError(405, 'Pull Request is not mergeable');
    if (options.sha && options.sha !== pull.head.sha)
      throw new HttpError(409, 'Head branch was modified');
    const base = (await this.store.resolve(`refs/heads/${pull.base.ref}`))!;
    const tree = await this.store.mergeTree(base, pull.head.sha);
    if (!tree) throw new HttpError(405, 'Pull Request is not mergeable');
    const date = new Date().toISOString();
    const person = { name: login, email: `${login}@users.example.org`, date };
    const method = options.merge_method ?? 'merge';
    const rebased =
      method === 'rebase' && (await this.store.readCommit(pull.head.sha));
    const sha = await this.store.writeCommit({
      tree,
      parents: method === 'merge' ? [base, pull.head.sha] : [base],
      ...(rebased
        ? { ...rebased, committer: person }
        : {
            message: `${options.commit_title ?? pull.title}\n\n${
              options.commit_message ?? ''
            }`,
            author: person,
            committer: { ...WEB, date },
          }),
    });
    await this.store.git([
      ...['update-ref', `refs/heads/${pull.base.ref}`, sha, base],
    ]);
    this.close(pull, sha, login);
    return { sha, merged: true, message: 'Pull Request successfully merged' };
  }

  graphql({
    query,
    variables,
  }: {
    query: string;
    variables: { id: string; mergeMethod: string };
  }) {
    const pull = this.#pulls.find(({ node_id: id }) => id === variables.id);
    if (!pull || !query.includes('enablePullRequestAutoMerge'))
      return { errors: [{ type: 'NOT_FOUND', message: 'Not found' }] };
    if (this.mergeAllowed) {
      const message = 'Pull request Pull request is in clean status';
      return { errors: [{ type: 'UNPROCESSABLE', message }] };
    }
    pull.auto_merge = { merge_method: variables.mergeMethod.toLowerCase() };
    return { data: { enablePullRequestAutoMerge: { clientMutationId: null } } };
  }

  /** A branch that moved, went, or reached its base by a push takes its pull request along. */
  private async refresh(pull: TestPull): Promise<void> {
    if (pull.state !== 'open') return;
    const { store } = this;
    const sha = await store.resolve(`refs/heads/${pull.head.ref}`);
    const base = await store.resolve(`refs/heads/${pull.base.ref}`);
    if (sha) pull.head.sha = sha;
    if (base && (await store.isAncestor(pull.head.sha, base)))
      this.close(pull, base, 'somebody');
    else if (!sha) pull.state = 'closed';
  }

  private close(pull: TestPull, sha: string, login: string): void {
    pull.state = 'closed';
    pull.merged = true;
    pull.merged_at = new Date().toISOString();
    pull.merged_by = { login };
    pull.merge_commit_sha = sha;
  }
}
