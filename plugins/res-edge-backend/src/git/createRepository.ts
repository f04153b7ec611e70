import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ConflictError } from '@backstage/errors';
import { runGit } from './runGit';

/**
 * True where the folder is a bare repository.
 *
 * @internal
 */
export async function isRepository(folder: string): Promise<boolean> {
  try {
    await access(join(folder, 'HEAD'));
  } catch {
    return false;
  }
  const { stdout, status } = await runGit({
    folder,
    args: ['rev-parse', '--is-bare-repository'],
    allowedStatuses: [0, 128],
  });
  return status === 0 && stdout.toString('latin1').trim() === 'true';
}

/**
 * Creates a bare repository without commits, whole or not at all: it is made beside its place, and moved there. What
 * exists already stays as it is.
 *
 * @throws ConflictError where the folder holds something else
 * @internal
 */
export async function createRepository(
  folder: string,
  branch: string,
): Promise<void> {
  if (await isRepository(folder)) {
    return;
  }
  const parent = dirname(folder);
  await mkdir(parent, { recursive: true });
  const draft = await mkdtemp(join(parent, `.${basename(folder)}-`));
  try {
    await runGit({
      args: [
        'init',
        '--bare',
        '--quiet',
        '--template=',
        `--initial-branch=${branch}`,
        '--',
        draft,
      ],
    });
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another process may have been faster.
    if (await isRepository(folder)) {
      return;
    }
    throw isOccupied(error)
      ? new ConflictError(
          `No Git repository can be created in ${folder}: it holds something else`,
        )
      : error;
  }
}

function isOccupied(error: unknown): boolean {
  const code = (error as { code?: string } | undefined)?.code;
  return code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOTDIR';
}
