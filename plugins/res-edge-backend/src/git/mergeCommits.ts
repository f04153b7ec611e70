import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runGit } from './runGit';

/**
 * What a three-way merge of two commits gives: a tree, or the paths on which they do not agree.
 *
 * @internal
 */
export type MergeResult =
  | { readonly tree: string; readonly conflicts?: undefined }
  | { readonly tree?: undefined; readonly conflicts: readonly string[] };

/**
 * Merges two commits to a tree. No ref moves, and there is no working copy.
 *
 * @internal
 */
export async function mergeCommits(
  folder: string,
  ours: string,
  theirs: string,
  environment?: Readonly<Record<string, string>>,
): Promise<MergeResult> {
  const { stdout, status } = await runGit({
    folder,
    args: [
      'merge-tree',
      '--write-tree',
      '-z',
      '--name-only',
      '--no-messages',
      ours,
      theirs,
    ],
    environment,
    allowedStatuses: [0, 1],
  });
  const [tree, ...paths] = stdout.toString('utf8').split('\0');
  return status === 0
    ? { tree }
    : { conflicts: [...new Set(paths.filter(path => path !== ''))] };
}

/**
 * Tries a merge of two commits and leaves nothing behind: what git writes on the way goes to a folder that is removed.
 *
 * @returns the paths on which they do not agree; none where they merge
 * @internal
 */
export async function tryMerge(
  folder: string,
  ours: string,
  theirs: string,
): Promise<readonly string[]> {
  const objects = await mkdtemp(join(tmpdir(), 'res-edge-merge-'));
  try {
    const { conflicts } = await mergeCommits(folder, ours, theirs, {
      GIT_OBJECT_DIRECTORY: objects,
      GIT_ALTERNATE_OBJECT_DIRECTORIES: resolve(folder, 'objects'),
    });
    return conflicts ?? [];
  } finally {
    await rm(objects, { recursive: true, force: true });
  }
}
