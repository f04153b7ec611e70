import { FileDiff } from '@res-edge/backstage-plugin-res-edge-common';
import { checkPath } from './checkPath';
import { checkCommit } from './checkRef';
import { runGit } from './runGit';

/**
 * Which files, and how much of them a person can read.
 *
 * @internal
 */
export interface DiffOptions {
  /** Only what is at or below these. */
  readonly paths?: readonly string[];
  /** A longer patch is left out; 64 KiB where not given. */
  readonly maxPatchBytes?: number;
  /** The patches after this many bytes in all are left out; 4 MiB where not given. */
  readonly maxTotalBytes?: number;
}

const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
const MAX_PATCH_BYTES = 64 * 1024;
const MAX_TOTAL_BYTES = 4 * 1024 * 1024;
/** git takes longer files for binary ones, and spends no time on them. */
const MAX_COMPARED_BYTES = 1024 * 1024;

const STATUS = new Map<string, FileDiff['status']>([
  ['A', 'added'],
  ['D', 'removed'],
]);

/**
 * The files that differ between two commits, ordered by path, with a unified patch of each text file.
 *
 * @param base - undefined for "nothing at all": then every file is added
 * @internal
 */
export async function diffCommits(
  folder: string,
  base: string | undefined,
  head: string,
  options: DiffOptions = {},
): Promise<FileDiff[]> {
  const { maxPatchBytes = MAX_PATCH_BYTES, maxTotalBytes = MAX_TOTAL_BYTES } =
    options;
  const commits = [
    base === undefined ? EMPTY_TREE : checkCommit(base),
    checkCommit(head),
    '--',
    ...(options.paths ?? []).map(checkPath),
  ];
  const files = await changedFiles(folder, commits);
  const patches = await patchesOf(folder, commits, maxTotalBytes);
  let next = 0;
  return files.map(({ path, letter }) => {
    // A file that became a link, or the other way round, is a removal and an addition.
    const sections = patches.slice(next, (next += letter === 'T' ? 2 : 1));
    const patch = sections.join('');
    const readable =
      sections.length > 0 &&
      !sections.some(section => section.startsWith('Binary files ')) &&
      Buffer.byteLength(patch) <= maxPatchBytes;
    return {
      path,
      status: STATUS.get(letter) ?? 'changed',
      ...(readable && { patch }),
    };
  });
}

async function changedFiles(folder: string, commits: readonly string[]) {
  const { stdout } = await runGit({
    folder,
    args: [
      'diff-tree',
      '-r',
      '-z',
      '--no-renames',
      '--name-status',
      ...commits,
    ],
  });
  const fields = stdout.toString('utf8').split('\0');
  const files: { letter: string; path: string }[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    files.push({ letter: fields[index], path: fields[index + 1] });
  }
  return files;
}

/** The patch of each file in the order of the files, from its first hunk's header on; fewer where a limit was met. */
async function patchesOf(
  folder: string,
  commits: readonly string[],
  maxTotalBytes: number,
): Promise<string[]> {
  const { stdout, truncated } = await runGit({
    folder,
    args: [
      '-c',
      `core.bigFileThreshold=${MAX_COMPARED_BYTES}`,
      'diff-tree',
      '-r',
      '-p',
      '--no-renames',
      '--no-ext-diff',
      '--no-textconv',
      '--no-color',
      ...commits,
    ],
    maxOutputBytes: maxTotalBytes,
    onExcess: 'truncate',
  });
  // Inside a patch every line begins with a blank, a sign or a backslash: after a line end this can only be a header.
  // No /m here: it would take a carriage return in a file for a line end.
  const sections = stdout
    .toString('utf8')
    .split(/(?<=^|\n)diff --git /)
    .slice(1);
  return (truncated ? sections.slice(0, -1) : sections).map(section => {
    const start = section.search(/\n(?:--- |Binary files )/);
    return start < 0 ? '' : section.slice(start + 1);
  });
}
