import { ServiceUnavailableError } from '@backstage/errors';
import { MINIMUM_VERSION, runGit } from './runGit';

let checked: Promise<void> | undefined;

/**
 * Makes sure, once, that the git that is installed can do what is asked of it.
 *
 * @internal
 */
export async function checkGitVersion(): Promise<void> {
  checked ??= runGit({ args: ['version'] }).then(({ stdout }) =>
    checkVersion(stdout.toString('utf8')),
  );
  try {
    await checked;
  } catch (error) {
    // Whoever installs git meanwhile need not start the backend again.
    checked = undefined;
    throw error;
  }
}

/**
 * Judges what `git version` says.
 *
 * @throws ServiceUnavailableError where it is too old
 * @internal
 */
export function checkVersion(words: string): void {
  const found = /(\d+)\.(\d+)/.exec(words);
  const [major, minor] = MINIMUM_VERSION.split('.').map(Number);
  const isEnough =
    found &&
    (Number(found[1]) > major ||
      (Number(found[1]) === major && Number(found[2]) >= minor));
  if (!isEnough) {
    throw new ServiceUnavailableError(
      `git ${MINIMUM_VERSION} or newer is needed, and this is ${words.trim()}`,
    );
  }
}
