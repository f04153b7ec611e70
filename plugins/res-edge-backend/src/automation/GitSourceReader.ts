import { Config } from '@backstage/config';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { GitSource } from '@res-edge/backstage-plugin-res-edge-common';
import { FileMap } from '@res-edge/backstage-plugin-res-edge-engine';
import { fetchFolder, listTags } from '../git';
import { AllowedHosts, integrationHeaders } from '../sources';

/** No source of an application is larger; what is larger does not belong into a GitOps repository. */
const MAX_FILES = 500;
const MAX_FILE_BYTES = 1_000_000;

const WHOLE_COMMIT = /^[0-9a-f]{40}$/;

/**
 * Reads sources of applications from Git repositories: of hosts that are configured, with the credentials of their
 * integration.
 *
 * @internal
 */
export class GitSourceReader {
  /** What a commit holds never changes; the last few. */
  readonly #known = new Map<string, { files: FileMap; commit: string }>();

  private constructor(
    private readonly integrations: ScmIntegrations,
    private readonly hosts: AllowedHosts,
  ) {}

  static fromConfig(
    config: Config,
    integrations: ScmIntegrations,
  ): GitSourceReader {
    return new GitSourceReader(
      integrations,
      AllowedHosts.fromConfig(config, integrations),
    );
  }

  /**
   * The files of the folder, and the commit that the revision is now.
   *
   * @throws NotAllowedError where the host is not configured; InputError where it cannot be read
   */
  async read(source: GitSource): Promise<{ files: FileMap; commit: string }> {
    const { url, path, revision } = source;
    const key = JSON.stringify([url, path, revision]);
    const known = this.#known.get(key);
    if (known) return known;
    this.hosts.check(url);
    try {
      const found = await fetchFolder({
        // As it was checked: without dots that a server might follow.
        url: new URL(url).href,
        revision,
        folder: path,
        headers: await integrationHeaders(this.integrations, new URL(url)),
        maxFiles: MAX_FILES,
        maxFileBytes: MAX_FILE_BYTES,
      });
      if (WHOLE_COMMIT.test(revision)) this.remember(key, found);
      return found;
    } catch (error) {
      throw readable(error, source);
    }
  }

  /** The names of all tags that there are now. */
  async tags({ url }: Pick<GitSource, 'url'>): Promise<string[]> {
    this.hosts.check(url);
    const headers = await integrationHeaders(this.integrations, new URL(url));
    return listTags(new URL(url).href, headers);
  }

  private remember(key: string, found: { files: FileMap; commit: string }) {
    const [oldest] = this.#known.keys();
    if (this.#known.size >= 20) this.#known.delete(oldest);
    this.#known.set(key, found);
  }
}

function readable(error: unknown, { url, revision }: GitSource): Error {
  const name = error instanceof Error ? error.name : '';
  if ([InputError, NotAllowedError, NotFoundError].some(e => e.name === name)) {
    return error as Error;
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new InputError(`'${revision}' of ${url} cannot be read: ${reason}`);
}
