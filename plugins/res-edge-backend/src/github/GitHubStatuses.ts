import { Check } from '../database';
import { GitHubClient } from './createGitHubClient';
import { askGitHub } from './githubErrors';

/** GitHub takes no more. */
const MAX_TEXT = 140;

/** Commit statuses on GitHub, which its rules may require before a merge. @internal */
export class GitHubStatuses {
  private readonly where: { owner: string; repo: string };

  private constructor(
    private readonly client: GitHubClient,
    repository: { owner: string; name: string },
    private readonly portal: string | undefined,
  ) {
    this.where = { owner: repository.owner, repo: repository.name };
  }

  static create(options: {
    client: GitHubClient;
    owner: string;
    name: string;
    /** The address of the portal, for links; none where left out. */
    portal?: string;
  }): GitHubStatuses {
    return new GitHubStatuses(options.client, options, options.portal);
  }

  /** @throws ReviewError where GitHub does not take it */
  async set(commit: string, { name, state, text, link }: Check): Promise<void> {
    const line = text.replace(/\s+/g, ' ').trim();
    await askGitHub(`set the status ${name} of ${commit.slice(0, 12)}`, () =>
      this.client.repos.createCommitStatus({
        ...this.where,
        sha: commit,
        context: name,
        state,
        description:
          line.length > MAX_TEXT ? `${line.slice(0, MAX_TEXT - 1)}…` : line,
        target_url: this.portal && `${this.portal}${link}`,
      }),
    );
  }
}
