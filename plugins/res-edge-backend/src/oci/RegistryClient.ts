import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { RegistryAddress } from './RegistryAddress';
import {
  RegistryAuthorization,
  RegistryCredentials,
} from './RegistryAuthorization';
import { RegistryError } from './RegistryError';

/** The media type of what names an artifact's parts. @internal */
export const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';

const ATTEMPTS = 4;
/** Before the second attempt; each further one waits twice as long. */
const FIRST_WAIT_MILLISECONDS = 500;
/** A registry that asks for more is asked again by the next pass. */
const LONGEST_WAIT_MILLISECONDS = 30_000;
const TIMEOUT_MILLISECONDS = 60_000;
/** What passes by itself. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);
/** No manifest of ours is larger by far. */
const MAX_MANIFEST_BYTES = 1_000_000;

/** A request to a repository; it may be sent more than once. */
interface RepositoryRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT';
  readonly repository: string;
  readonly url: URL;
  readonly body?: Uint8Array<ArrayBuffer>;
  readonly headers?: Record<string, string>;
  /** Statuses that are answers. */
  readonly expected: readonly number[];
}

/**
 * What is needed of a registry, by the OCI distribution specification: ask for manifests, push blobs and manifests. What
 * passes by itself is tried again, a little later each time.
 *
 * @internal
 */
export class RegistryClient {
  readonly #authorization: RegistryAuthorization;
  readonly #origin: string;

  private constructor(
    private readonly address: RegistryAddress,
    private readonly firstWait: number,
    options: {
      insecure?: boolean;
      credentials?: RegistryCredentials;
      allowedHosts?: readonly string[];
    },
  ) {
    const { insecure = false, credentials, allowedHosts = [] } = options;
    this.#origin = `${insecure ? 'http' : 'https'}://${address.host}`;
    this.#authorization = RegistryAuthorization.create({
      host: address.host,
      credentials,
      actions: 'pull,push',
      checkRealm: url => {
        const isAllowed =
          (url.protocol === 'https:' ||
            (insecure && url.protocol === 'http:')) &&
          (url.host === address.host || allowedHosts.includes(url.host));
        if (isAllowed) return;
        throw new RegistryError(
          `Token of ${address.host}`,
          undefined,
          `${url.origin} may not be asked; resEdge.delivery.oci.allowedHosts would allow it`,
        );
      },
      fetch: (url, init) => fetchOnce(url, init),
    });
  }

  /**
   * @param options - `insecure`: by HTTP; `allowedHosts`: besides the registry's own, which give tokens for it;
   * `firstWaitMilliseconds`: before something is tried again
   */
  static create(options: {
    address: RegistryAddress;
    insecure?: boolean;
    credentials?: RegistryCredentials;
    allowedHosts?: readonly string[];
    firstWaitMilliseconds?: number;
  }): RegistryClient {
    const { address, firstWaitMilliseconds = FIRST_WAIT_MILLISECONDS } =
      options;
    return new RegistryClient(address, firstWaitMilliseconds, options);
  }

  /** The manifest that a tag or digest names; undefined where there is none. */
  async getManifest(
    repository: string,
    reference: string,
  ): Promise<unknown | undefined> {
    const response = await this.send({
      method: 'GET',
      ...this.at(repository, `manifests/${reference}`),
      headers: { accept: MANIFEST_TYPE },
      expected: [200, 404],
    });
    if (response.status === 404) {
      await response.body?.cancel();
      return undefined;
    }
    try {
      return JSON.parse(await textOf(response, MAX_MANIFEST_BYTES));
    } catch {
      // What is not to be read was not pushed here.
      return undefined;
    }
  }

  /** Pushes what the repository does not have. */
  async pushBlob(
    repository: string,
    content: Uint8Array<ArrayBuffer>,
  ): Promise<{ digest: string; size: number }> {
    const digest = digestOf(content);
    const pushed = { digest, size: content.byteLength };
    if (await this.hasBlob(repository, digest)) return pushed;
    const upload = await this.send({
      method: 'POST',
      ...this.at(repository, 'blobs/uploads/'),
      expected: [202],
    });
    await upload.body?.cancel();
    const url = this.uploadAt(upload.headers.get('location') ?? '');
    url.searchParams.set('digest', digest);
    const done = await this.send({
      method: 'PUT',
      ...{ repository: this.nameOf(repository), url, body: content },
      headers: { 'content-type': 'application/octet-stream' },
      // An upload that is not known any more was finished, if its answer was lost.
      expected: [201, 204, 404],
    });
    await done.body?.cancel();
    if (done.status === 404 && !(await this.hasBlob(repository, digest))) {
      throw new RegistryError(`PUT ${url.origin}${url.pathname}`, 404, '');
    }
    return pushed;
  }

  private async hasBlob(repository: string, digest: string): Promise<boolean> {
    const { status } = await this.send({
      method: 'HEAD',
      ...this.at(repository, `blobs/${digest}`),
      expected: [200, 404],
    });
    return status === 200;
  }

  /** Lets a tag name a manifest; whatever it named before. */
  async putManifest(
    repository: string,
    tag: string,
    manifest: Uint8Array<ArrayBuffer>,
  ): Promise<void> {
    const response = await this.send({
      method: 'PUT',
      ...this.at(repository, `manifests/${tag}`),
      body: manifest,
      headers: { 'content-type': MANIFEST_TYPE },
      expected: [200, 201, 202],
    });
    await response.body?.cancel();
  }

  private nameOf(repository: string): string {
    return `${this.address.path}/${repository}`;
  }

  private at(repository: string, path: string) {
    const name = this.nameOf(repository);
    return {
      repository: name,
      url: new URL(`${this.#origin}/v2/${name}/${path}`),
    };
  }

  /** The registry says where to; what we send goes nowhere else but to it. */
  private uploadAt(location: string): URL {
    const url = URL.canParse(location, this.#origin)
      ? new URL(location, this.#origin)
      : undefined;
    if (url?.origin === this.#origin) return url;
    throw new RegistryError(
      `Upload to ${this.#origin}`,
      undefined,
      `it names another host to upload to (${url?.origin})`,
    );
  }

  private async send(request: RepositoryRequest): Promise<Response> {
    const { method, url } = request;
    const what = `${method} ${url.origin}${url.pathname}`;
    for (let attempt = 1; ; attempt++) {
      const isLast = attempt === ATTEMPTS;
      const wait = this.firstWait * 2 ** (attempt - 1) * (0.5 + Math.random());
      let response: Response;
      try {
        response = await this.sendAuthorized(request);
      } catch (error) {
        if (error instanceof RegistryError) throw error;
        if (isLast) throw new RegistryError(what, undefined, causeOf(error));
        await sleep(wait);
        continue;
      }
      const { status } = response;
      if (request.expected.includes(status)) return response;
      const asked = Number(response.headers.get('retry-after') ?? 0) * 1000;
      const reason = await reasonOf(response);
      if (isLast || !PASSING.has(status) || asked > LONGEST_WAIT_MILLISECONDS) {
        throw new RegistryError(what, status, reason);
      }
      await sleep(Math.max(wait, asked || 0));
    }
  }

  private async sendAuthorized(request: RepositoryRequest): Promise<Response> {
    const { repository } = request;
    const response = await this.sendOnce(request);
    const challenge = response.headers.get('www-authenticate');
    if (response.status !== 401 || challenge === null) return response;
    if (!(await this.#authorization.answer(challenge, repository))) {
      return response;
    }
    await response.body?.cancel();
    return this.sendOnce(request);
  }

  private async sendOnce({
    method,
    repository,
    url,
    body,
    headers,
  }: RepositoryRequest): Promise<Response> {
    const authorization = this.#authorization.headerFor(repository);
    return fetchOnce(url, {
      method,
      body,
      headers: { ...headers, ...(authorization && { authorization }) },
    });
  }
}

/** The name of a content. @internal */
export function digestOf(content: Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/** Goes nowhere but where it is sent to. */
async function fetchOnce(url: URL, init: RequestInit): Promise<Response> {
  return fetch(url, {
    ...init,
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
  });
}

async function textOf(response: Response, limit: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > limit) throw new Error(`more than ${limit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** What a registry says to its status, in short. */
async function reasonOf(response: Response): Promise<string> {
  try {
    const { errors } = JSON.parse(await textOf(response, 10_000));
    const [{ code, message }] = errors;
    return `${code} ${message ?? ''}`.trim().slice(0, 200);
  } catch {
    return '';
  }
}

function causeOf(error: unknown): string {
  const { cause = error } = error as { cause?: unknown };
  return cause instanceof Error ? cause.message : String(cause);
}
