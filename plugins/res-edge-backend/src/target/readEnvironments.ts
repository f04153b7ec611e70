import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { SHARD_PREFIX } from '@res-edge/backstage-plugin-res-edge-engine';
import { isPrototypeKey } from '../util/isPrototypeKey';

/** An environment whose clusters have a repository of their own. @internal */
export interface EnvironmentOptions {
  /** Names its branch, and begins the names of its shards. */
  readonly name: string;
  /** `spec.environment` of its clusters. */
  readonly environments: readonly string[];
  /** Where Res-Edge pushes to. */
  readonly url: string;
  /** As clusters reach it; `url` where left out. */
  readonly pullUrl?: string;
  /** Whether clusters that have a shard elsewhere get one here. */
  readonly moveClusters?: boolean;
  /** The key of the configuration, for errors. */
  readonly key: string;
}

const KEY = 'resEdge.delivery.environmentRepositories';
/** With the number of a shard behind it, it is a DNS label. */
const NAME = /^[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

/**
 * Reads `resEdge.delivery.environmentRepositories`; addresses are checked by who uses them.
 *
 * @throws InputError with the key, where a name is of no use, or an environment is named twice
 * @internal
 */
export function readEnvironments(config: Config): EnvironmentOptions[] {
  const list = config.getOptionalConfigArray(KEY) ?? [];
  const names = new Set<string>();
  const urls = new Map<string, string>();
  const owners = new Map<string, string>();
  return list.map((each, index) => {
    const key = `${KEY}[${index}]`;
    const name = each.getString('name');
    if (!NAME.test(name) || name === SHARD_PREFIX || /-\d+$/.test(name))
      throw new InputError(
        `${key}.name: ${JSON.stringify(
          name,
        )} is not allowed: at most 40 lower case letters, digits and '-', beginning with a letter, not '${SHARD_PREFIX}', and not ending like the number of a shard`,
      );
    if (names.has(name))
      throw new InputError(`${key}.name: '${name}' stands there twice`);
    names.add(name);
    const environments = each.getOptionalStringArray('environments') ?? [name];
    for (const environment of environments) {
      const other = owners.get(environment);
      if (other !== undefined || isPrototypeKey(environment))
        throw new InputError(
          `${key}.environments: '${environment}' ${
            other === undefined
              ? 'is not allowed'
              : `belongs to '${other}' already`
          }`,
        );
      owners.set(environment, name);
    }
    const url = each.getString('url').replace(/\/+$/, '');
    const same = urls.get(url);
    if (same !== undefined)
      throw new InputError(
        `${key}.url: it is the repository of '${same}' already; each environment has one of its own`,
      );
    urls.set(url, name);
    const pullUrl = each.getOptionalString('pullUrl');
    const moveClusters = each.getOptionalBoolean('moveClusters') ?? false;
    return {
      ...{ name, environments, url, moveClusters, key },
      ...(pullUrl && { pullUrl }),
    };
  });
}
