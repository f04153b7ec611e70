import { setTimeout as sleep } from 'node:timers/promises';
import { RegistryAddress } from './RegistryAddress';
import {
  RegistryActions,
  RegistryAuthorization,
  RegistryCredentials,
} from './RegistryAuthorization';
import { readBody, readJson } from '../util/readBody';
import { RegistryError } from './RegistryError';

const ATTEMPTS = 4;
/** Before the second attempt; each further one waits twice as long. */
const FIRST_WAIT_MILLISECONDS = 500;
/** A registry that asks for more is asked again by the next pass. */
const LONGEST_WAIT_MILLISECONDS = 30_000;
const TIMEOUT_MILLISECONDS = 60_000;
/** What passes by itself. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

/** What is longer is not read to its end. */
const MAX_DRAINED_BYTES = 100_000;

/** Which registry, and who asks. @internal */
export interface RegistryOptions {
  readonly address: RegistryAddress;
  /** By HTTP. */
  readonly insecure?: boolean;
  readonly credentials?: RegistryCredentials;
  /** Besides the registry's own, which give tokens for it. */
  readonly allowedHosts?: readonly string[];
  /** Before something is tried again. */
  readonly firstWaitMilliseconds?: number;
}

/** A request to a repository; it may be sent more than once. @internal */
export interface RepositoryRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly repository: string;
  readonly url: URL;
  readonly body?: Uint8Array<ArrayBuffer>;
  readonly headers?: Record<string, string>;
  /** Statuses that are answers. */
  readonly expected: readonly number[];
}

/**
 * Sends requests to a registry, as who may. What passes by itself is tried again, a little later each time.
 *
 * @internal
 */
export class RegistrySender {
  readonly #authorization: RegistryAuthorization;
  readonly origin: string;

  private constructor(
    private readonly address: RegistryAddress,
    private readonly firstWait: number,
    { insecure = false, credentials, allowedHosts = [] }: RegistryOptions,
    actions: RegistryActions,
  ) {
    this.origin = `${insecure ? 'http' : 'https'}://${address.host}`;
    this.#authorization = RegistryAuthorization.create({
      host: address.host,
      credentials,
      actions,
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

  /** @param actions - what a token is asked for */
  static create(
    options: RegistryOptions,
    actions: RegistryActions,
  ): RegistrySender {
    const { address, firstWaitMilliseconds = FIRST_WAIT_MILLISECONDS } =
      options;
    return new RegistrySender(address, firstWaitMilliseconds, options, actions);
  }

  /** Where something of a repository below the registry's address is. */
  at(repository: string, path: string): { repository: string; url: URL } {
    const name = `${this.address.path}/${repository}`;
    return {
      repository: name,
      url: new URL(`${this.origin}/v2/${name}/${path}`),
    };
  }

  /** @throws RegistryError where the answer is none that is expected */
  async send(request: RepositoryRequest): Promise<Response> {
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
    await drain(response);
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

/** Goes nowhere but where it is sent to. */
async function fetchOnce(url: URL, init: RequestInit): Promise<Response> {
  return fetch(url, {
    ...init,
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
  });
}

/** Reads an answer to its end: else its connection would be closed, and not be used again. @internal */
export async function drain(response: Response): Promise<void> {
  try {
    await readBody(response, MAX_DRAINED_BYTES);
  } catch {
    // Nobody wants to know.
  }
}

/** What a registry says to its status, in short. */
async function reasonOf(response: Response): Promise<string> {
  try {
    const answer = (await readJson(response, 10_000)) as {
      errors: [{ code: string; message?: string }];
    };
    const [{ code, message }] = answer.errors;
    return `${code} ${message ?? ''}`.trim().slice(0, 200);
  } catch {
    return '';
  }
}

function causeOf(error: unknown): string {
  const { cause = error } = error as { cause?: unknown };
  return cause instanceof Error ? cause.message : String(cause);
}
