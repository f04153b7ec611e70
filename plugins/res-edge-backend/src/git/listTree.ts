import { checkPath } from './checkPath';
import { checkCommit } from './checkRef';
import { runGit } from './runGit';

/**
 * One file of a commit.
 *
 * @internal
 */
export interface TreeEntry {
  readonly path: string;
  /** As git writes it: `100644` and `100755` are files, `120000` symbolic links, `160000` submodules. */
  readonly mode: string;
  /** Hash of the content, the same wherever the content is the same. */
  readonly hash: string;
}

/**
 * True for what has content of its own; symbolic links and submodules have not.
 *
 * @internal
 */
export function isFile(entry: TreeEntry): boolean {
  return entry.mode.startsWith('100');
}

/**
 * All files of a commit, or those at or below the paths given, ordered as git orders them.
 *
 * @internal
 */
export async function listTree(
  folder: string,
  commit: string,
  paths: readonly string[] = [],
): Promise<TreeEntry[]> {
  const { stdout } = await runGit({
    folder,
    args: [
      'ls-tree',
      '-r',
      '-z',
      '--full-tree',
      checkCommit(commit),
      '--',
      ...paths.map(checkPath),
    ],
  });
  // <mode> SP <type> SP <hash> TAB <path> NUL
  return stdout
    .toString('utf8')
    .split('\0')
    .filter(line => line !== '')
    .map(line => {
      const tab = line.indexOf('\t');
      const [mode, , hash] = line.slice(0, tab).split(' ');
      return { path: line.slice(tab + 1), mode, hash };
    });
}
