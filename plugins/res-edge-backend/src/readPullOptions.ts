import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { GitOpsEngine } from '@res-edge/backstage-plugin-res-edge-engine';

/** How clusters get what is delivered. @internal */
export interface PullOptions {
  /** What delivers on clusters that do not say it. */
  readonly engine: GitOpsEngine;
  /** The Git repository as they reach it; nobody knows it where left out. */
  readonly url?: string;
  /** The Secret on a cluster with what reads the repository; none is needed where left out. */
  readonly secret?: string;
}

const URL_KEY = 'resEdge.delivery.url';
const SECRET_NAME = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/;

/** @throws InputError with the key, where a value is of no use @internal */
export function readPullOptions(config: Config): PullOptions {
  const url = config.getOptionalString(URL_KEY);
  const problem = url === undefined ? undefined : urlProblem(url);
  if (problem !== undefined) throw new InputError(`${URL_KEY}: ${problem}`);
  const own = config.getOptionalString('resEdge.git.url');
  return {
    engine: readEngine(config),
    url: url ?? (own && urlProblem(own) === undefined ? own : undefined),
    secret: readSecret(config),
  };
}

function readEngine(config: Config): GitOpsEngine {
  const key = 'resEdge.delivery.gitops';
  const engine = config.getOptionalString(key) ?? 'flux';
  if (engine !== 'flux' && engine !== 'argocd') {
    throw new InputError(
      `${key}: '${engine}' is unknown; allowed are 'flux' and 'argocd'`,
    );
  }
  return engine;
}

function readSecret(config: Config): string | undefined {
  const key = 'resEdge.delivery.secret';
  const secret = config.getOptionalString(key);
  if (secret !== undefined && !SECRET_NAME.test(secret)) {
    throw new InputError(
      `${key}: ${JSON.stringify(
        secret,
      )} is no name of a Secret; it is the name, not what is in it`,
    );
  }
  return secret;
}

/** Why no cluster could pull from there, or should be told to. It never repeats the address: it may hold a password. */
function urlProblem(text: string): string | undefined {
  if (!URL.canParse(text) || /[\s'"`$\\]/.test(text)) return 'is no URL';
  const { protocol, username, password } = new URL(text);
  if (!['https:', 'http:', 'ssh:'].includes(protocol)) {
    return `'${protocol}' is unknown; allowed are https, http and ssh`;
  }
  if (password !== '' || (username !== '' && protocol !== 'ssh:')) {
    return 'holds credentials; they belong into a Secret on the cluster, which resEdge.delivery.secret names';
  }
  return undefined;
}
