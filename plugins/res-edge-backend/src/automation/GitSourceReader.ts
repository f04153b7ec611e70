import { Config } from '@backstage/config';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { GitSource } from '@res-edge/backstage-plugin-res-edge-common';
import { FileMap } from '@res-edge/backstage-plugin-res-edge-engine';
import { fetchFolder, GitError, listTags } from '../git';
import { AllowedHosts, integrationHeaders, SilentHosts } from '../sources';

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
  readonly #silent = SilentHosts.create();

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
      const found = await this.ask(url, async (href, headers) =>
        fetchFolder({
          ...{ url: href, revision, folder: path, headers },
          ...{ maxFiles: MAX_FILES, maxFileBytes: MAX_FILE_BYTES },
        }),
      );
      if (WHOLE_COMMIT.test(revision)) this.remember(key, found);
      return found;
    } catch (error) {
      throw readable(error, source);
    }
  }

  /** The names of all tags that there are now. */
  async tags({ url }: Pick<GitSource, 'url'>): Promise<string[]> {
    this.hosts.check(url);
    return this.ask(url, listTags);
  }

  /** Unless the server did not answer just now: a run would wait for it again, once for each source. */
  private async ask<T>(
    text: string,
    task: (href: string, headers: Record<string, string>) => Promise<T>,
  ): Promise<T> {
    // As it was checked: without dots that a server might follow.
    const url = new URL(text);
    const silence = this.#silent.reasonOf(url.host);
    if (silence !== undefined) throw new InputError(silence);
    const headers = await integrationHeaders(this.integrations, url);
    try {
      return await task(url.href, { ...headers });
    } catch (error) {
      if (error instanceof GitError && error.isTimeout)
        this.#silent.note(url.host, `${url.host} did not answer in time`);
      throw error;
    }
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
