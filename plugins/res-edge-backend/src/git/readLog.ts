import { InputError } from '@backstage/errors';
import { checkPath } from './checkPath';
import { Person } from './Person';
import { runGit } from './runGit';

/**
 * One commit of a history.
 *
 * @internal
 */
export interface LogEntry {
  readonly commit: string;
  readonly parents: readonly string[];
  readonly author: Person;
  readonly committer: Person;
  /** When it was committed. */
  readonly date: Date;
  readonly subject: string;
  /** All after the subject, trailers included. */
  readonly body: string;
  /** Values by name, in the order of the message. */
  readonly trailers: ReadonlyMap<string, readonly string[]>;
}

/**
 * Which part of a history.
 *
 * @internal
 */
export interface LogOptions {
  /** Only commits that changed this file, or something below this folder. */
  readonly path?: string;
  /** The most entries, 1 to 1000; 50 where left out. */
  readonly limit?: number;
}

const FIELDS = [
  'H',
  'P',
  'an',
  'ae',
  'cn',
  'ce',
  'ct',
  's',
  'b',
  '(trailers:only,unfold)',
];
const MAX_LIMIT = 1000;

/**
 * The history of a commit, the newest first.
 *
 * @internal
 */
export async function readLog(
  folder: string,
  commit: string,
  { path, limit = 50 }: LogOptions,
): Promise<LogEntry[]> {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw new InputError(
      `limit is ${limit}, and must be an integer from 1 to ${MAX_LIMIT}`,
    );
  }
  return logOf(folder, [
    `--max-count=${limit}`,
    commit,
    '--',
    ...(path === undefined ? [] : [checkPath(path)]),
  ]);
}

/**
 * What `git log` tells with these arguments.
 *
 * @internal
 */
export async function logOf(
  folder: string,
  args: readonly string[],
): Promise<LogEntry[]> {
  const format = FIELDS.map(field => `%${field}`).join('%x00');
  const { stdout } = await runGit({
    folder,
    args: ['log', '-z', `--format=${format}`, ...args],
  });
  // No text of a commit can hold NUL, so that every so many fields are one commit.
  const fields = stdout.toString('utf8').split('\0');
  const entries: LogEntry[] = [];
  for (let at = 0; at + FIELDS.length <= fields.length; at += FIELDS.length) {
    entries.push(entryOf(fields.slice(at, at + FIELDS.length)));
  }
  return entries;
}

function entryOf(fields: readonly string[]): LogEntry {
  const [commit, parents, name, email, byName, byEmail, ...rest] = fields;
  const [seconds, subject, body, lines] = rest;
  const trailers = new Map<string, string[]>();
  for (const line of lines.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) {
      const key = line.slice(0, colon).trim();
      trailers.set(key, [
        ...(trailers.get(key) ?? []),
        line.slice(colon + 1).trim(),
      ]);
    }
  }
  return {
    commit,
    parents: parents.split(' ').filter(parent => parent !== ''),
    author: { name, email },
    committer: { name: byName, email: byEmail },
    date: new Date(Number(seconds) * 1000),
    subject,
    body: body.trimEnd(),
    trailers,
  };
}
