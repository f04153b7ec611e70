import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  GitOpsEngine,
  shardPrefixOf,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { ArtifactOptions, readArtifactOptions } from './readArtifactOptions';
import { readSecretName } from './readSecretName';
import {
  EnvironmentOptions,
  readEnvironments,
} from './target/readEnvironments';
import { atShard } from './util/atShard';

/** By what delivery reaches clusters. @internal */
export type Transport = 'git' | 'oci';

/** How clusters get what is delivered. @internal */
export interface PullOptions {
  /** What delivers on clusters that do not say it. */
  readonly engine: GitOpsEngine;
  /** The Git repository as they reach it, with `{shard}` where each shard has one; nobody knows it where left out. */
  readonly url?: string;
  /** The same of clusters whose environment has a repository of its own, by how the names of their shards begin. */
  readonly environmentUrls?: ReadonlyMap<string, string>;
  /** The Secret on a cluster with what reads the repository; none is needed where left out. */
  readonly secret?: string;
  /** The artifacts that are pushed, too; none where left out. */
  readonly artifacts?: ArtifactOptions;
  /** What a bootstrap is for where nothing else is asked for. */
  readonly transport: Transport;
  /** Where clusters report to; they cannot where left out. */
  readonly statusUrl?: string;
  /** The image with `sh` and `kubectl` by which clusters with Flux keep to their windows. */
  readonly maintenanceImage?: string;
}

/** The Git repository from which clusters of a shard pull; undefined where nobody knows it. @internal */
export function pullUrlOf(
  { url, environmentUrls }: PullOptions,
  shard: string,
): string | undefined {
  const own = environmentUrls?.get(shardPrefixOf(shard)) ?? url;
  return own === undefined ? undefined : atShard(own, shard);
}

const URL_KEY = 'resEdge.delivery.url';
const SHARDS_KEY = 'resEdge.delivery.shardRepositories';
const IMAGE = /^[A-Za-z0-9][\w.:/@-]{0,500}$/;

/** @throws InputError with the key, where a value is of no use @internal */
export function readPullOptions(config: Config): PullOptions {
  const url = config.getOptionalString(URL_KEY);
  const problem = url === undefined ? undefined : urlProblem(url);
  if (problem !== undefined) throw new InputError(`${URL_KEY}: ${problem}`);
  const ofShards = config.getOptionalString(SHARDS_KEY);
  const own = ofShards ?? config.getOptionalString('resEdge.git.url');
  // The repository of a shard is the smaller of two: it shows less.
  const environments = ofShards === undefined ? readEnvironments(config) : [];
  const artifacts = readArtifactOptions(config);
  return {
    engine: readEngine(config),
    url: url ?? (own && urlProblem(own) === undefined ? own : undefined),
    ...(environments.length > 0 && {
      environmentUrls: new Map(environments.map(readEnvironmentUrl)),
    }),
    secret: readSecretName(config, 'resEdge.delivery.secret'),
    artifacts,
    transport: readTransport(config, artifacts !== undefined),
    statusUrl: readStatusUrl(config),
    maintenanceImage: readImage(config),
  };
}

function readEnvironmentUrl({
  key,
  name,
  url,
  pullUrl,
}: EnvironmentOptions): [name: string, url: string] {
  const problem = urlProblem(pullUrl ?? url);
  if (problem === undefined) return [name, pullUrl ?? url];
  throw new InputError(`${key}.${pullUrl ? 'pullUrl' : 'url'}: ${problem}`);
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

function readTransport(config: Config, artifacts: boolean): Transport {
  const key = 'resEdge.delivery.transport';
  const transport =
    config.getOptionalString(key) ?? (artifacts ? 'oci' : 'git');
  if (transport !== 'git' && transport !== 'oci') {
    throw new InputError(
      `${key}: '${transport}' is unknown; allowed are 'git' and 'oci'`,
    );
  }
  if (transport === 'oci' && !artifacts) {
    throw new InputError(
      `${key}: 'oci' needs resEdge.delivery.oci, which says where artifacts are pushed`,
    );
  }
  return transport;
}

/** The backend as it is reached from outside, where clusters may report at all. */
function readStatusUrl(config: Config): string | undefined {
  const base = config.getOptionalString('backend.baseUrl');
  return base !== undefined && config.has('resEdge.status.key')
    ? `${base.replace(/\/+$/, '')}/api/res-edge`
    : undefined;
}

function readImage(config: Config): string | undefined {
  const key = 'resEdge.delivery.maintenanceImage';
  const image = config.getOptionalString(key);
  if (image !== undefined && !IMAGE.test(image))
    throw new InputError(
      `${key}: ${JSON.stringify(image)} is no reference of an image`,
    );
  return image;
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
