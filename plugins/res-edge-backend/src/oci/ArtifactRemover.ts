import { MOVING_TAG } from './artifactManifest';
import { digestOf, MANIFEST_TYPE } from './RegistryClient';
import { RegistryError } from './RegistryError';
import { readBody } from '../util/readBody';
import { drain, RegistryOptions, RegistrySender } from './RegistrySender';

/** Of whatever others give a tag to, too. */
const ANY_MANIFEST = [
  MANIFEST_TYPE,
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
].join(', ');
const MAX_BYTES = 4_000_000;
const MAX_PAGES = 50;
const NEXT = /<([^>]+)>\s*;\s*rel="?next"?/;

/**
 * Deletes manifests of artifacts, by their digests. With a manifest go the tags that name it; its blobs are left to the
 * registry's own garbage collection.
 *
 * @internal
 */
export class ArtifactRemover {
  private constructor(private readonly sender: RegistrySender) {}

  static create(options: RegistryOptions): ArtifactRemover {
    return new ArtifactRemover(RegistrySender.create(options, 'pull,delete'));
  }

  /**
   * The manifests of a repository that tags name: the one that clusters follow, and tags of other people.
   *
   * @param but - tags that keep nothing
   * @param options - `isLeft`: no cluster follows the repository any more
   */
  async named(
    repository: string,
    but: ReadonlySet<string>,
    { isLeft }: { isLeft: boolean },
  ): Promise<ReadonlySet<string>> {
    const digests = new Set<string>();
    for (const tag of await this.tags(repository)) {
      if (but.has(tag) || (isLeft && tag === MOVING_TAG)) continue;
      const found = await this.read(repository, `manifests/${tag}`);
      if (found) digests.add(digestOf(found.content));
    }
    return digests;
  }

  /**
   * Does nothing where it is gone already.
   *
   * @throws RegistryError where the registry does not do it
   */
  async remove(repository: string, digest: string): Promise<void> {
    const response = await this.sender.send({
      method: 'DELETE',
      ...this.sender.at(repository, `manifests/${digest}`),
      expected: [200, 202, 204, 404],
    });
    await drain(response);
  }

  private async tags(repository: string): Promise<string[]> {
    const tags: string[] = [];
    let query = '';
    for (let page = 0; page < MAX_PAGES; page++) {
      const found = await this.read(repository, `tags/list${query}`);
      if (!found) return tags;
      tags.push(...tagsIn(found));
      if (found.next === undefined) return tags;
      // What is asked for next, and not where: nothing is sent elsewhere.
      query = new URL(found.next, found.url).search;
    }
    throw new RegistryError(`Tags of ${repository}`, undefined, 'too many');
  }

  /** Undefined where there is none. */
  private async read(
    repository: string,
    path: string,
  ): Promise<Answer | undefined> {
    const request = this.sender.at(repository, path);
    const response = await this.sender.send({
      ...{ method: 'GET', ...request, expected: [200, 404] },
      headers: path.startsWith('manifests/') ? { accept: ANY_MANIFEST } : {},
    });
    const { status, headers } = response;
    if (status === 404) {
      await drain(response);
      return undefined;
    }
    const { url } = request;
    try {
      const content = await readBody(response, MAX_BYTES);
      if (!content) throw new Error(`more than ${MAX_BYTES} bytes`);
      const next = NEXT.exec(headers.get('link') ?? '')?.[1];
      return { url, content, next };
    } catch (error) {
      throw unreadable(url, error);
    }
  }
}

/** What the registry has at an address. */
interface Answer {
  readonly url: URL;
  readonly content: Buffer;
  /** Where there is more of it. */
  readonly next?: string;
}

function tagsIn({ url, content }: Answer): string[] {
  let tags: unknown;
  try {
    ({ tags } = JSON.parse(content.toString('utf8')));
  } catch (error) {
    throw unreadable(url, error);
  }
  if (tags === null) return [];
  if (Array.isArray(tags) && tags.every(tag => typeof tag === 'string')) {
    return tags;
  }
  throw unreadable(url, new Error('its tags are no list of texts'));
}

function unreadable({ origin, pathname }: URL, error: unknown): RegistryError {
  return new RegistryError(
    `GET ${origin}${pathname}`,
    undefined,
    `the answer cannot be read: ${(error as Error).message}`,
  );
}
