import { LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { PullRequests } from '../automation/PullRequests';
import { GitRemote, GitRepository, Remote } from '../git';
import {
  createGitHubClient,
  GitHubPullRequests,
  GitHubRemote,
  GitHubStatuses,
  Pace,
  Reviewers,
} from '../github';
import { gitHeaders } from './gitHeaders';
import { readTarget } from './readTarget';

/** The repository, and where its change requests are reviewed. @internal */
export interface OpenTarget {
  readonly repository: GitRepository;
  /** Undefined where people merge in the portal, or branches on a server. */
  readonly pullRequests?: PullRequests;
}

/**
 * The repository that holds main and the delivery branches; created on first start.
 *
 * @param options - `reviewersOf`: whom owners are on the server; `pace`: of requests, for tests
 * @internal
 */
export async function openTarget(options: {
  config: Config;
  integrations: ScmIntegrations;
  logger: LoggerService;
  reviewersOf: (owners: readonly string[]) => Promise<Reviewers>;
  pace?: Pace;
}): Promise<OpenTarget> {
  const { config, integrations, logger, reviewersOf, pace } = options;
  const target = readTarget(config, integrations);
  const { folder } = target;
  if (target.type === 'local')
    return { repository: await GitRepository.createBare(folder) };
  const { url } = target;
  const git = GitRemote.create({ url, headers: gitHeaders(integrations, url) });
  const open = (remote: Remote) => GitRepository.createBare(folder, { remote });
  if (target.type === 'git') return { repository: await open(git) };
  const {
    owner,
    name,
    pullRequests: { statuses, ...pullRequests },
  } = target;
  const client = createGitHubClient({
    url,
    apiBaseUrl: integrations.github.byUrl(url)!.config.apiBaseUrl,
    credentials:
      DefaultGithubCredentialsProvider.fromIntegrations(integrations),
    pace,
  });
  return {
    repository: await open(GitHubRemote.create({ git, client, owner, name })),
    pullRequests: GitHubPullRequests.create({
      ...{ client, owner, name, reviewersOf, ...pullRequests },
      statuses: statuses
        ? GitHubStatuses.create({
            ...{ client, owner, name },
            portal: config.getOptionalString('app.baseUrl'),
          })
        : undefined,
      onWarning: message => logger.warn(message),
    }),
  };
}
