import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runGit } from './runGit';

const MAX_PACKS = 20;

/**
 * Joins packs where many commits left many, and lets git do the rest of its housekeeping when it finds that due.
 * Geometric: big packs are left alone, so that the work follows what is new and not the size of the history.
 *
 * @internal
 */
export async function maintainRepository(folder: string): Promise<void> {
  const packs = (await readdir(join(folder, 'objects', 'pack'))).filter(file =>
    file.endsWith('.pack'),
  );
  if (packs.length > MAX_PACKS) {
    await runGit({ folder, args: ['repack', '-d', '-q', '--geometric=2'] });
  }
  await runGit({ folder, args: ['gc', '--auto', '--quiet'] });
}

/**
 * Packs everything anew without what no ref reaches any more, once that is two weeks old: younger objects may belong to
 * somebody who is still writing. The work follows the size of the whole repository.
 *
 * @internal
 */
export async function dropUnreachable(folder: string): Promise<void> {
  await runGit({
    folder,
    args: ['gc', '--quiet', '--cruft', '--prune=2.weeks.ago'],
  });
}
