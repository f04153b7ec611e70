import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

const ROOT = 'resEdge.gates';
const MIN_SECRET = 32;
/** A reading counts for so many times the time between two of them. */
const READINGS_TO_STALE = 5;

/** A system that gates ask; only what is configured is ever called. @internal */
export interface GateEndpoint {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What `resEdge.gates` configures; config.d.ts documents it. @internal */
export interface GateOptions {
  /** Between two readings, in milliseconds. */
  readonly frequency: number;
  /** How long a reading counts, in milliseconds. */
  readonly validFor: number;
  readonly prometheus: ReadonlyMap<string, GateEndpoint>;
  readonly webhooks: ReadonlyMap<string, GateEndpoint & { secret: string }>;
}

/** @throws InputError with the key, where a value is of no use @internal */
export function readGateOptions(config: Config): GateOptions {
  const frequency = readFrequency(config);
  return {
    frequency,
    validFor: frequency * READINGS_TO_STALE,
    prometheus: readNamed(config, 'prometheus', readEndpoint),
    webhooks: readNamed(config, 'webhooks', (entry, key) => ({
      ...readEndpoint(entry, key),
      secret: readSecret(entry, key),
    })),
  };
}

function readFrequency(config: Config): number {
  const key = `${ROOT}.frequency`;
  if (!config.has(key)) return 60_000;
  const frequency = durationToMilliseconds(
    readDurationFromConfig(config, { key }),
  );
  if (!(frequency >= 1000)) {
    throw new InputError(
      `${key}: ${JSON.stringify(
        config.get(key),
      )} is too short; allowed is one second or longer`,
    );
  }
  return frequency;
}

function readNamed<T>(
  config: Config,
  list: string,
  read: (entry: Config, key: string) => T,
): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  const entries = config.getOptionalConfigArray(`${ROOT}.${list}`) ?? [];
  for (const [index, entry] of entries.entries()) {
    const key = `${ROOT}.${list}[${index}]`;
    const name = entry.getString('name');
    if (found.has(name))
      throw new InputError(
        `${key}.name: there is a '${name}' before it; each has a name of its own`,
      );
    found.set(name, read(entry, key));
  }
  return found;
}

function readEndpoint(entry: Config, key: string): GateEndpoint {
  const text = entry.getString('url');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw new InputError(
      `${key}.url: '${text}' is no address; allowed is what begins with https:// or http://`,
    );
  if (url.username !== '' || url.password !== '')
    throw new InputError(
      `${key}.url: has credentials; they belong into ${key}.headers`,
    );
  const headers = entry.getOptionalConfig('headers');
  return {
    url: text.replace(/\/+$/, ''),
    headers: Object.fromEntries(
      (headers?.keys() ?? []).map(name => [name, headers!.getString(name)]),
    ),
  };
}

function readSecret(entry: Config, key: string): string {
  const secret = entry.getString('secret');
  if (secret.length < MIN_SECRET)
    throw new InputError(
      `${key}.secret: has ${secret.length} characters; at least ${MIN_SECRET} are needed`,
    );
  return secret;
}
