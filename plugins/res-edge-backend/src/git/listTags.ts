import { networkEnvironment } from './networkEnvironment';
import { runGit } from './runGit';

/** A hundred thousand tags and more. */
const MAX_BYTES = 10_000_000;
const TIMEOUT_MILLISECONDS = 60_000;

/**
 * The names of all tags of another repository; nothing else of it is read.
 *
 * @param headers - of each request
 * @internal
 */
export async function listTags(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<string[]> {
  const { stdout } = await runGit({
    args: ['ls-remote', '--quiet', '--tags', '--refs', '--', url],
    environment: networkEnvironment(headers),
    maxOutputBytes: MAX_BYTES,
    timeoutMilliseconds: TIMEOUT_MILLISECONDS,
  });
  return stdout
    .toString('utf8')
    .split('\n')
    .flatMap(line => /^[0-9a-f]+\trefs\/tags\/(.+)$/.exec(line)?.[1] ?? []);
}
