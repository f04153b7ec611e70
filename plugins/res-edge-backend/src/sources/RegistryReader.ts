import { InputError, NotFoundError } from '@backstage/errors';
import { createHash } from 'node:crypto';
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
const PARAMETER = /([a-z_]+)="([^"]*)"/g;
const NEXT = /<([^>]+)>\s*;\s*rel="?next"?/;
/** A token is for one repository; registries let the shortest live for a minute. */
const TOKEN_MILLISECONDS = 50_000;
const MAX_TOKENS = 100;

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
  /** By repository. */
  readonly #tokens = new Map<string, { header: string; until: number }>();

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
      const { tags: found } = JSON.parse(answer.body.toString('utf8'));
      if (Array.isArray(found)) tags.push(...found.map(String));
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
    const request = { url, ...options };
    const known = this.#tokens.get(repository);
    const authorization =
      known && known.until > Date.now() ? known.header : undefined;
    let answer = await this.fetcher.ask({ ...request, authorization });
    const challenge = answer.headers.get('www-authenticate') ?? '';
    if (answer.status === 401 && /^bearer\b/i.test(challenge)) {
      const header = await this.token(challenge, host, name);
      this.remember(repository, header);
      answer = await this.fetcher.ask({ ...request, authorization: header });
    }
    if (answer.status === 200) return answer;
    const message = `${url.origin}${url.pathname} was answered with ${answer.status}`;
    throw answer.status === 404
      ? new NotFoundError(message)
      : new InputError(message);
  }

  private remember(repository: string, header: string): void {
    const [oldest] = this.#tokens.keys();
    if (this.#tokens.size >= MAX_TOKENS) this.#tokens.delete(oldest);
    const until = Date.now() + TOKEN_MILLISECONDS;
    this.#tokens.set(repository, { header, until });
  }

  /** What the registry's own service gives for the credentials of the registry; it has to be an allowed host, too. */
  private async token(
    challenge: string,
    host: string,
    name: string,
  ): Promise<string> {
    const parameters = new Map(
      [...challenge.matchAll(PARAMETER)].map(
        ([, key, value]) => [key, value] as const,
      ),
    );
    const realm = parameters.get('realm') ?? '';
    if (!URL.canParse(realm)) {
      throw new InputError(`${host} does not say where it gives tokens`);
    }
    const url = new URL(realm);
    const service = parameters.get('service');
    if (service !== undefined) url.searchParams.set('service', service);
    url.searchParams.set('scope', `repository:${name}:pull`);
    const own = await this.hosts.headersFor(
      new URL(this.hosts.registryOrigin(host)),
    );
    const { body } = await this.fetcher.get({
      ...{ url, maxBytes: MAX_MANIFEST_BYTES },
      authorization: own.authorization ?? own.Authorization,
    });
    const { token, access_token: other } = JSON.parse(body.toString('utf8'));
    const given = token ?? other;
    if (typeof given !== 'string' || !/^[\x21-\x7e]+$/.test(given)) {
      throw new InputError(`${url.origin} gives no token for ${host}`);
    }
    return `Bearer ${given}`;
  }
}

function isLayer(value: unknown): value is RegistryLayer {
  const { mediaType, digest } = (value ?? {}) as Partial<RegistryLayer>;
  return (
    typeof mediaType === 'string' &&
    typeof digest === 'string' &&
    DIGEST.test(digest)
  );
}

/** The name of a content. @internal */
export function digestOf(content: Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

function compare(repository: string, digest: string, wanted: string): void {
  if (digest === wanted) return;
  throw new InputError(
    `${repository} gives other bytes for ${wanted}: theirs are ${digest}`,
  );
}
