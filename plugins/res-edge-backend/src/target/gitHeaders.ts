import {
  DefaultAzureDevOpsCredentialsProvider,
  DefaultGithubCredentialsProvider,
  DefaultGitlabCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';

type Headers = Readonly<Record<string, string>>;

/**
 * What git sends to a server so that it is let in, from the credentials of the server's integration. Asked for each
 * time, because those of a GitHub App run out within the hour.
 *
 * @internal
 */
export function gitHeaders(
  integrations: ScmIntegrations,
  url: string,
): () => Promise<Headers> {
  const { host } = new URL(url);
  const github =
    DefaultGithubCredentialsProvider.fromIntegrations(integrations);
  const gitlab =
    DefaultGitlabCredentialsProvider.fromIntegrations(integrations);
  const azure =
    DefaultAzureDevOpsCredentialsProvider.fromIntegrations(integrations);
  return async () => {
    switch (integrations.byHost(host)?.type) {
      case 'github': {
        const { token } = await github.getCredentials({ url });
        return basic('x-access-token', token);
      }
      case 'gitlab': {
        const { token } = await gitlab.getCredentials({ url });
        return basic('oauth2', token);
      }
      case 'azure':
        return (await azure.getCredentials({ url }))?.headers ?? {};
      case 'bitbucketServer': {
        const { config } = integrations.bitbucketServer.byHost(host)!;
        return config.token
          ? { Authorization: `Bearer ${config.token}` }
          : basic(config.username, config.password);
      }
      case 'bitbucketCloud': {
        const { config } = integrations.bitbucketCloud.byHost(host)!;
        return basic(config.username, config.token ?? config.appPassword);
      }
      case 'gitea': {
        const { config } = integrations.gitea.byHost(host)!;
        return basic(config.username, config.password);
      }
      case 'gerrit': {
        const { config } = integrations.gerrit.byHost(host)!;
        return basic(config.username, config.password);
      }
      default:
        return {};
    }
  };
}

function basic(user = '', password?: string): Headers {
  if (password === undefined) return {};
  const encoded = Buffer.from(`${user}:${password}`).toString('base64');
  return { Authorization: `Basic ${encoded}` };
}
