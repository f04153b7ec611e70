import { GithubCredentialsProvider } from '@backstage/integration';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';

/** Who waits longer than this tries again with the next run instead. */
const MAX_WAIT_SECONDS = 60;
const MAX_WAITS = 2;

/** GitHub's REST API for one repository, with waits and retries. @internal */
export type GitHubClient = Octokit;

const Client = Octokit.plugin(throttling, retry);

/** How long to wait between requests. @internal */
export type Pace = Pick<
  NonNullable<ConstructorParameters<typeof Client>[0]>,
  'throttle' | 'retry'
>;

/**
 * A client of GitHub's API that keeps to its limits: one write a second, waits where GitHub says so, retries what may go
 * away by itself. Credentials are asked for with each request, because those of an App run out within the hour.
 *
 * @param options - `url`: of the repository, for which the credentials are; `pace`: another one, for tests
 * @internal
 */
export function createGitHubClient(options: {
  url: string;
  apiBaseUrl?: string;
  credentials: GithubCredentialsProvider;
  pace?: Pace;
}): GitHubClient {
  const { url, apiBaseUrl, credentials, pace } = options;
  const mayWait = (seconds: number, waits: number) =>
    waits < MAX_WAITS && seconds <= MAX_WAIT_SECONDS;
  const client = new Client({
    baseUrl: apiBaseUrl,
    userAgent: 'res-edge',
    request: { fetch: fetchWithin },
    retry: pace?.retry,
    throttle: {
      id: url,
      onRateLimit: (seconds, _request, _client, waits) =>
        mayWait(seconds, waits),
      onSecondaryRateLimit: (seconds, _request, _client, waits) =>
        mayWait(seconds, waits),
      ...pace?.throttle,
    },
  });
  client.hook.before('request', async request => {
    const { token } = await credentials.getCredentials({ url });
    if (token) request.headers.authorization = `token ${token}`;
  });
  return client;
}

/** GitHub answers 403 or 429 where somebody asks too much, and the plugin waits for the first of them alone. */
async function fetchWithin(
  address: string | URL,
  init?: RequestInit,
): Promise<Response> {
  const response = await fetch(address, { ...init, redirect: 'error' });
  if (response.status !== 429) return response;
  const message = 'You have exceeded a secondary rate limit';
  return new Response(JSON.stringify({ message }), {
    status: 403,
    headers: response.headers,
  });
}
