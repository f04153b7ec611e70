import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** No branch takes nearly as long to move. */
const STALE_MILLISECONDS = 10 * 60 * 1000;

/** Beside those of single refs. */
const COMMON_LOCKS = ['packed-refs.lock', 'HEAD.lock', 'config.lock'];

/**
 * Lets go of what a process left locked that was killed while it moved a branch, as when a whole machine goes: git itself
 * never does, and nobody could move that branch again.
 *
 * @internal
 */
export async function dropStaleLocks(folder: string): Promise<void> {
  const refs = await readdir(join(folder, 'refs'), { recursive: true });
  const locks = refs
    .filter(name => name.endsWith('.lock'))
    .map(name => join('refs', name));
  const oldest = Date.now() - STALE_MILLISECONDS;
  for (const name of [...locks, ...COMMON_LOCKS]) {
    const file = join(folder, name);
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Infinity }));
    if (mtimeMs < oldest) await rm(file, { force: true });
  }
}
