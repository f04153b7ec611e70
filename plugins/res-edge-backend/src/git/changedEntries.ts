import { checkCommit } from './checkRef';
import { TreeEntry } from './listTree';
import { runGit } from './runGit';

/**
 * A file that differs; one that is gone has no hash.
 *
 * @internal
 */
export type ChangedEntry = Omit<TreeEntry, 'hash'> & { readonly hash?: string };

/**
 * The files that differ between two commits, by their hashes.
 *
 * @internal
 */
export async function changedEntries(
  folder: string,
  base: string,
  head: string,
): Promise<ChangedEntry[]> {
  const { stdout } = await runGit({
    folder,
    args: [
      'diff-tree',
      ...['-r', '-z', '--raw', '--no-abbrev', '--no-renames'],
      ...[checkCommit(base), checkCommit(head)],
    ],
  });
  // :<mode> SP <mode> SP <hash> SP <hash> SP <status> NUL <path> NUL
  const fields = stdout.toString('utf8').split('\0');
  const entries: ChangedEntry[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [, mode, , hash, status] = fields[at].split(' ');
    const path = fields[at + 1];
    entries.push(
      status === 'D' ? { path, mode: '100644' } : { path, mode, hash },
    );
  }
  return entries;
}
