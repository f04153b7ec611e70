import { InputError, NotFoundError } from '@backstage/errors';
import { FAILSAFE_SCHEMA, load } from 'js-yaml';

/** A version of a chart, as the index of its repository lists it. @internal */
export interface ChartEntry {
  readonly version: string;
  readonly urls: readonly string[];
  /** SHA-256 of the archive; left out where the index does not say it. */
  readonly digest?: string;
}

/**
 * The versions of a chart in the `index.yaml` of a repository. Entries that are broken are left out: others of the
 * repository, and older versions, are no matter of who asks for this one.
 *
 * @throws InputError where it is no index, NotFoundError where it does not list the chart
 * @internal
 */
export function chartEntries(index: string, chart: string): ChartEntry[] {
  let content: unknown;
  try {
    // All scalars stay texts, as they were written: 1.10 is no number. What repeats by alias is there once in memory.
    content = load(index, { schema: FAILSAFE_SCHEMA, json: true });
  } catch (error) {
    throw new InputError(
      `index.yaml is no valid YAML: ${(error as Error).message.split('\n')[0]}`,
    );
  }
  const entries = property(content, 'entries');
  if (typeof entries !== 'object' || entries === null) {
    throw new InputError('index.yaml has no entries');
  }
  const versions = property(entries, chart);
  if (!Array.isArray(versions)) {
    throw new NotFoundError(`index.yaml does not list the chart '${chart}'`);
  }
  return versions.flatMap(entry => {
    const version = property(entry, 'version');
    const urls = property(entry, 'urls');
    const digest = property(entry, 'digest');
    if (typeof version !== 'string' || !Array.isArray(urls)) return [];
    const found = {
      version,
      urls: urls.filter((url): url is string => typeof url === 'string'),
    };
    return typeof digest === 'string'
      ? [{ ...found, digest: digest.replace(/^sha256:/, '') }]
      : [found];
  });
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' &&
    value !== null &&
    Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
