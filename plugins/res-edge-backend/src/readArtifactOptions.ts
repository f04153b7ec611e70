import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { ArtifactUnit } from './automation';
import {
  parseRegistryAddress,
  RegistryAddress,
  RegistryCredentials,
} from './oci';
import { readSecretName } from './readSecretName';

/** How delivery goes to a registry, too. @internal */
export interface ArtifactOptions {
  readonly address: RegistryAddress;
  readonly per: ArtifactUnit;
  /** As clusters reach it. */
  readonly pullUrl: string;
  /** The Secret on a cluster with what reads it; none is needed where left out. */
  readonly secret?: string;
  readonly credentials?: RegistryCredentials;
  /** By HTTP. */
  readonly insecure: boolean;
  /** Besides the registry's own, which give tokens for it. */
  readonly allowedHosts: readonly string[];
  /** How many artifacts are pushed at the same time. */
  readonly concurrency: number;
}

const KEY = 'resEdge.delivery.oci';
const DEFAULT_CONCURRENCY = 8;
const MAX_CONCURRENCY = 64;

/**
 * Undefined where nothing goes to a registry.
 *
 * @throws InputError with the key, where a value is of no use; it never repeats a secret
 * @internal
 */
export function readArtifactOptions(
  config: Config,
): ArtifactOptions | undefined {
  const oci = config.getOptionalConfig(KEY);
  if (!oci) return undefined;
  return {
    address: readRegistryAddress(config, `${KEY}.url`),
    per: readUnit(oci),
    pullUrl: readPullUrl(config),
    secret: readSecretName(config, `${KEY}.secret`),
    credentials: readCredentials(oci),
    insecure: oci.getOptionalBoolean('insecure') ?? false,
    allowedHosts: readHosts(oci),
    concurrency: readConcurrency(oci),
  };
}

/** An address without anything that could mean more in a manifest. */
function readPullUrl(config: Config): string {
  const key = config.has(`${KEY}.pullUrl`) ? `${KEY}.pullUrl` : `${KEY}.url`;
  const { host, path } = readRegistryAddress(config, key);
  return `oci://${host}/${path}`;
}

function readRegistryAddress(config: Config, key: string): RegistryAddress {
  try {
    return parseRegistryAddress(config.getString(key));
  } catch (error) {
    throw new InputError(`${key}: ${(error as Error).message}`);
  }
}

function readUnit(oci: Config): ArtifactUnit {
  const per = oci.getOptionalString('per') ?? 'cluster';
  if (per !== 'cluster' && per !== 'shard') {
    throw new InputError(
      `${KEY}.per: '${per}' is unknown; allowed are 'cluster' and 'shard'`,
    );
  }
  return per;
}

function readCredentials(oci: Config): RegistryCredentials | undefined {
  const username = oci.getOptionalString('username');
  const password = oci.getOptionalString('password');
  if ((username === undefined) !== (password === undefined)) {
    throw new InputError(
      `${KEY}: 'username' and 'password' belong together; only one of them is there`,
    );
  }
  return username === undefined || password === undefined
    ? undefined
    : { username, password };
}

function readHosts(oci: Config): string[] {
  const hosts = oci.getOptionalStringArray('allowedHosts') ?? [];
  for (const host of hosts) {
    if (!/^[A-Za-z0-9.-]+(?::\d{1,5})?$/.test(host)) {
      throw new InputError(
        `${KEY}.allowedHosts: ${JSON.stringify(
          host,
        )} is no host; allowed is a name, with a port where it has one`,
      );
    }
  }
  return hosts.map(host => host.toLowerCase());
}

function readConcurrency(oci: Config): number {
  const number = oci.getOptionalNumber('concurrency') ?? DEFAULT_CONCURRENCY;
  if (!Number.isInteger(number) || number < 1 || number > MAX_CONCURRENCY) {
    throw new InputError(
      `${KEY}.concurrency: ${number} is no number of artifacts; allowed are whole numbers from 1 to ${MAX_CONCURRENCY}`,
    );
  }
  return number;
}
