import { checkPath } from './checkPath';
import { checkCommit } from './checkRef';
import { LogEntry, logOf } from './readLog';
import { runGit } from './runGit';

/**
 * One commit of a whole history.
 *
 * @internal
 */
export interface HistoryEntry extends LogEntry {
  /** The files that the commit itself changed; of a merge, those that are as in none of its parents. */
  readonly paths: readonly string[];
}

/**
 * Which part of a history.
 *
 * @internal
 */
export interface HistoryOptions {
  /** Commits that this one holds already are left out. */
  readonly from?: string;
  /** Only what is at or below these is told of `paths`. */
  readonly paths: readonly string[];
}

/**
 * Every commit up to one, each after its parents. What is merged counts by its own commits, whichever side it came from.
 *
 * @internal
 */
export async function readHistory(
  folder: string,
  to: string,
  { from, paths }: HistoryOptions,
): Promise<HistoryEntry[]> {
  const since = from === undefined ? [] : [`^${checkCommit(from)}`];
  const entries = await logOf(folder, [
    '--topo-order',
    '--reverse',
    to,
    ...since,
    '--',
  ]);
  const { stdout } = await runGit({
    folder,
    args: [
      'diff-tree',
      '--stdin',
      '-r',
      '-c',
      '-z',
      '--root',
      '--always',
      '--no-renames',
      '--name-only',
      '--',
      ...paths.map(checkPath),
    ],
    input: entries.map(({ commit }) => `${commit}\n`).join(''),
  });
  // Each commit, then its paths. The order is known, so that no name of a file is taken for a commit.
  const fields = stdout.toString('utf8').split('\0');
  let at = 0;
  return entries.map((entry, index) => {
    const next = entries[index + 1]?.commit;
    const own: string[] = [];
    for (at++; at < fields.length && fields[at] !== next; at++) {
      if (fields[at] !== '') own.push(fields[at]);
    }
    return { ...entry, paths: own };
  });
}
