import { InputError } from '@backstage/errors';

/** The sets of the original's API; policies were listed there, and had no effect. @internal */
export const ORIGINAL_SETS = [
  'groups',
  'clusters',
  'namespaces',
  'applications',
  'policies',
] as const;

/** One of {@link ORIGINAL_SETS}. @internal */
export type OriginalSet = (typeof ORIGINAL_SETS)[number];

/** A record as the original's API gives it; nothing about its fields is certain. @internal */
export type OriginalRecord = Readonly<Record<string, unknown>>;

/** What was exported, by set, in the order of {@link ORIGINAL_SETS}. @internal */
export type OriginalExport = Readonly<
  Record<OriginalSet, readonly OriginalRecord[]>
>;

/**
 * Reads answers of `GET /api/v1/*`, which say their set in `@odata.context`, a list of such answers, or a mapping of
 * sets to answers, lists or bodies of POST: `{ "clusters": { "value": […] }, "namespaces": [{…}] }`.
 *
 * @throws InputError
 * @internal
 */
export function parseOriginalExport(content: string): OriginalExport {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (error) {
    throw new InputError(
      `content: not valid JSON: ${(error as Error).message}`,
    );
  }
  const found: Record<OriginalSet, OriginalRecord[]> = {
    groups: [],
    clusters: [],
    namespaces: [],
    applications: [],
    policies: [],
  };
  for (const part of Array.isArray(value) ? value : [value]) {
    readPart(part, found);
  }
  return found;
}

function readPart(
  part: unknown,
  found: Record<OriginalSet, OriginalRecord[]>,
): void {
  if (!isRecord(part)) throw unreadable();
  const set = setOfContext(part['@odata.context']);
  if (set) {
    found[set].push(...recordsOf(part, set));
    return;
  }
  const keys = Object.keys(part).filter(key => !key.startsWith('@'));
  if (keys.length === 0 || !keys.every(isSet)) throw unreadable();
  for (const key of keys as OriginalSet[]) {
    found[key].push(...recordsOf(part[key], key));
  }
}

/** `http://host/api/v1/$metadata#Applications(namespace())/$entity` is `applications`. */
function setOfContext(context: unknown): OriginalSet | undefined {
  if (typeof context !== 'string') return undefined;
  const name = /#([A-Za-z]+)/.exec(context)?.[1]?.toLowerCase();
  return name !== undefined && isSet(name) ? name : undefined;
}

function recordsOf(answer: unknown, set: OriginalSet): OriginalRecord[] {
  const value =
    isRecord(answer) && Array.isArray(answer.value) ? answer.value : answer;
  const records = Array.isArray(value) ? value : [value];
  if (!records.every(isRecord)) {
    throw new InputError(
      `content: ${set} must be an answer with 'value', a list or one record`,
    );
  }
  return records;
}

function isSet(name: string): name is OriginalSet {
  return ORIGINAL_SETS.some(set => set === name);
}

/** @internal */
export function isRecord(value: unknown): value is OriginalRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unreadable(): InputError {
  return new InputError(
    `content: must be an answer of the original's API with '@odata.context', a list of such answers, or a mapping with ${ORIGINAL_SETS.join(
      ', ',
    )}`,
  );
}
