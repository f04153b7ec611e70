import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import { digestOf, RegistryAuthorization } from '../oci';
import { FetchAnswer, SourceFetcher } from './SourceFetcher';
import { SourceHosts } from './SourceHosts';

const MANIFEST_TYPES = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];
const MAX_MANIFEST_BYTES = 4_000_000;
const MAX_TAG_PAGES = 50;
const TAGS_A_PAGE = 1000;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
const NEXT = /<([^>]+)>\s*;\s*rel="?next"?/;

/** Part of an artifact. @internal */
export interface RegistryLayer {
  readonly mediaType: string;
  readonly digest: string;
}

/** What a tag or digest names. @internal */
export interface RegistryManifest {
  readonly digest: string;
  readonly layers: readonly RegistryLayer[];
}

/**
 * Reads repositories of registries, by the OCI distribution specification. What has a digest is compared with it.
 *
 * @internal
 */
export class RegistryReader {
  /** By host. */
  readonly #authorizations = new Map<string, RegistryAuthorization>();

  private constructor(
    private readonly hosts: SourceHosts,
    private readonly fetcher: SourceFetcher,
  ) {}

  static create(hosts: SourceHosts): RegistryReader {
    return new RegistryReader(hosts, SourceFetcher.create(hosts));
  }

  /**
   * @param repository - as `oci://host/path`
   * @param reference - a tag or a digest
   */
  async manifest(
    repository: string,
    reference: string,
  ): Promise<RegistryManifest> {
    const { body } = await this.get(repository, `manifests/${reference}`, {
      maxBytes: MAX_MANIFEST_BYTES,
      accept: MANIFEST_TYPES.join(', '),
    });
    const digest = digestOf(body);
    if (DIGEST.test(reference)) compare(repository, digest, reference);
    let content: unknown;
    try {
      content = JSON.parse(body.toString('utf8'));
    } catch {
      throw new InputError(`'${reference}' of ${repository} is no manifest`);
    }
    const { layers } = (content ?? {}) as { layers?: unknown };
    if (!Array.isArray(layers) || !layers.every(isLayer)) {
      throw new InputError(
        `'${reference}' of ${repository} is no artifact: its manifest has no layers (an index of several cannot be read)`,
      );
    }
    return { digest, layers };
  }

  async blob(
    repository: string,
    { digest }: RegistryLayer,
    maxBytes: number,
  ): Promise<Buffer> {
    const { body } = await this.get(repository, `blobs/${digest}`, {
      maxBytes,
    });
    compare(repository, digestOf(body), digest);
    return body;
  }

  /** All tags of a repository. */
  async tags(repository: string): Promise<string[]> {
    const tags: string[] = [];
    let path: string | undefined = `tags/list?n=${TAGS_A_PAGE}`;
    for (let page = 0; path !== undefined; page++) {
      if (page === MAX_TAG_PAGES) {
        throw new InputError(`${repository} has too many tags to be looked at`);
      }
      const answer: FetchAnswer = await this.get(repository, path, {
        maxBytes: MAX_MANIFEST_BYTES,
      });
      tags.push(...tagsOf(repository, answer.body));
      const next: string | undefined = NEXT.exec(
        answer.headers.get('link') ?? '',
      )?.[1];
      const query: string | undefined = next && /^[^?]*(\?.*)$/.exec(next)?.[1];
      path = query && `tags/list${query}`;
    }
    return tags;
  }

  private async get(
    repository: string,
    path: string,
    options: { maxBytes: number; accept?: string },
  ): Promise<FetchAnswer> {
    const [host, ...names] = repository.replace(/^oci:\/\//, '').split('/');
    const name = names.join('/');
    const url = new URL(`/v2/${name}/${path}`, this.hosts.registryOrigin(host));
    const own = this.authorizationFor(host);
    const ask = () =>
      this.fetcher.ask({
        ...{ url, ...options },
        authorization: own.headerFor(name),
      });
    let answer = await ask();
    const challenge = answer.headers.get('www-authenticate');
    if (
      answer.status === 401 &&
      challenge !== null &&
      (await own.answer(challenge, name))
    ) {
      answer = await ask();
    }
    if (answer.status === 200) return answer;
    const message = `${url.origin}${url.pathname} was answered with ${answer.status}`;
    throw answer.status === 404
      ? new NotFoundError(message)
      : new InputError(message);
  }

  private authorizationFor(host: string): RegistryAuthorization {
    const known = this.#authorizations.get(host);
    if (known) return known;
    const created = RegistryAuthorization.create({
      host,
      credentials: this.hosts.credentialsOf(host),
      actions: 'pull',
      checkRealm: url => this.checkRealm(url, host),
      fetch: async (url, { headers }) => {
        const authorization = new Headers(headers).get('authorization');
        const { status, body } = await this.fetcher.ask({
          ...{ url, maxBytes: MAX_MANIFEST_BYTES },
          authorization: authorization ?? undefined,
        });
        return new Response(new Uint8Array(body), { status });
      },
    });
    this.#authorizations.set(host, created);
    return created;
  }

  /** Tokens are asked for with the credentials of the registry: by no line that is more open than its own. */
  private checkRealm(url: URL, host: string): void {
    this.hosts.check(url);
    if (url.protocol === 'https:') return;
    if (this.hosts.registryOrigin(host).startsWith('http:')) return;
    throw new NotAllowedError(
      `${url.origin} may not be asked for a token of ${host}: it has no TLS`,
    );
  }
}

function tagsOf(repository: string, body: Buffer): string[] {
  let content: unknown;
  try {
    content = JSON.parse(body.toString('utf8'));
  } catch {
    throw new InputError(`what ${repository} gives is no list of tags`);
  }
  const { tags } = (content ?? {}) as { tags?: unknown };
  return Array.isArray(tags) ? tags.map(String) : [];
}

function isLayer(value: unknown): value is RegistryLayer {
  const { mediaType, digest } = (value ?? {}) as Partial<RegistryLayer>;
  return (
    typeof mediaType === 'string' &&
    typeof digest === 'string' &&
    DIGEST.test(digest)
  );
}

function compare(repository: string, digest: string, wanted: string): void {
  if (digest === wanted) return;
  throw new InputError(
    `${repository} gives other bytes for ${wanted}: theirs are ${digest}`,
  );
}
