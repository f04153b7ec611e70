import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import path from 'node:path';

/**
 * Where main and the delivery branches live. `folder` is the bare repository on this machine: all there is, or the copy
 * of a server's.
 *
 * @internal
 */
export type Target =
  | { readonly type: 'local'; readonly folder: string }
  | { readonly type: 'git'; readonly folder: string; readonly url: string }
  | GitHubTarget;

/** A repository on GitHub. @internal */
export interface GitHubTarget {
  readonly type: 'github';
  readonly folder: string;
  /** Without `.git`. */
  readonly url: string;
  readonly owner: string;
  readonly name: string;
  readonly pullRequests: PullRequestOptions;
}

/** How pull requests look. @internal */
export interface PullRequestOptions {
  readonly labels: readonly string[];
  /** Asked for on each; merged by GitHub once everything that protects main is content. */
  readonly autoMerge: boolean;
  readonly mergeMethod: MergeMethod;
  /** Whether each gets commit statuses, which the rules of `main` may require. */
  readonly statuses: boolean;
}

/** How GitHub merges what is merged in the portal, or by itself. @internal */
export type MergeMethod = (typeof MERGE_METHODS)[number];

const MERGE_METHODS = ['merge', 'squash', 'rebase'] as const;

const TYPES = ['local', 'git', 'github'];
const DEFAULT_FOLDER = '.local/gitops.git';
/** An owner's or a repository's name, as GitHub allows them. */
const NAME = /^[A-Za-z0-9_.-]{1,100}$/;
const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * Reads `resEdge.git`.
 *
 * @throws InputError with the key, where a value is of no use, or its host is none that is configured
 * @internal
 */
export function readTarget(
  config: Config,
  integrations: ScmIntegrations,
): Target {
  const git = config.getOptionalConfig('resEdge.git');
  const type = git?.getOptionalString('type') ?? 'local';
  const folder = path.resolve(
    git?.getOptionalString('folder') ?? DEFAULT_FOLDER,
  );
  if (!TYPES.includes(type)) {
    throw new InputError(
      `resEdge.git.type: '${type}' is unknown; allowed are ${TYPES.join(', ')}`,
    );
  }
  if (type === 'local') {
    if (git?.has('url'))
      throw new InputError(
        `resEdge.git.url is of no use with resEdge.git.type 'local'; with 'git' or 'github' it names the repository`,
      );
    return { type, folder };
  }
  const key = 'resEdge.git.url';
  const url = readGitUrl(key, git!.getString('url'), integrations);
  if (type === 'git') return { type, folder, url };
  return readGitHub(git!, folder, url, integrations);
}

/**
 * Of one of the hosts that the integrations know: no other place gets requests of the backend, or credentials.
 *
 * @throws InputError with the key
 * @internal
 */
export function readGitUrl(
  key: string,
  value: string,
  integrations: ScmIntegrations,
): string {
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    throw new InputError(`${key}: ${JSON.stringify(value)} is no URL`);
  }
  if (url.username || url.password || url.search || url.hash)
    throw new InputError(
      `${key}: a URL with credentials, a query or a fragment is not allowed; credentials belong to 'integrations'`,
    );
  const secure =
    url.protocol === 'https:' ||
    (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
  if (!secure)
    throw new InputError(
      `${key}: '${url.protocol}' is not allowed; allowed is https`,
    );
  if (!integrations.byHost(url.host))
    throw new InputError(
      `${key}: '${url.host}' is no host of a configured integration; add it to 'integrations'`,
    );
  return url.href.replace(/\/+$/, '');
}

function readGitHub(
  git: Config,
  folder: string,
  url: string,
  integrations: ScmIntegrations,
): GitHubTarget {
  const { host, pathname } = new URL(url);
  if (!integrations.github.byHost(host))
    throw new InputError(
      `resEdge.git.url: '${host}' is no host of 'integrations.github'; resEdge.git.type 'git' takes any`,
    );
  const [owner, name, ...more] = pathname
    .slice(1)
    .replace(/\.git$/, '')
    .split('/');
  if (more.length > 0 || !NAME.test(owner) || !NAME.test(name ?? ''))
    throw new InputError(
      `resEdge.git.url: '${url}' is no repository on GitHub; https://${host}/<owner>/<name> is`,
    );
  return {
    type: 'github',
    folder,
    url: url.replace(/\.git$/, ''),
    owner,
    name,
    pullRequests: {
      labels: git.getOptionalStringArray('pullRequests.labels') ?? [],
      autoMerge: git.getOptionalBoolean('pullRequests.autoMerge') ?? false,
      mergeMethod: readMergeMethod(git),
      statuses: git.getOptionalBoolean('pullRequests.statuses') ?? true,
    },
  };
}

function readMergeMethod(git: Config): MergeMethod {
  const key = 'pullRequests.mergeMethod';
  const value = git.getOptionalString(key) ?? 'merge';
  const method = MERGE_METHODS.find(each => each === value);
  if (method) return method;
  throw new InputError(
    `resEdge.git.${key}: '${value}' is unknown; allowed are ${MERGE_METHODS.join(
      ', ',
    )}`,
  );
}
