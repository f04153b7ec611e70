import { InputError, NotFoundError } from '@backstage/errors';
import { readBody } from '../util/readBody';
import { SourceHosts } from './SourceHosts';

const MAX_REDIRECTIONS = 5;
const TIMEOUT_MILLISECONDS = 30_000;
const REDIRECTIONS: readonly number[] = [301, 302, 303, 307, 308];

/** What is asked for. @internal */
export interface FetchRequest {
  readonly url: URL;
  readonly maxBytes: number;
  readonly accept?: string;
  /** Instead of what the host's configuration gives; sent to this origin alone. */
  readonly authorization?: string;
}

/** What a host answers. @internal */
export interface FetchAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/**
 * Asks hosts for sources, over HTTP: only those that are allowed, where it is redirected to, too, each with its own
 * credentials; and holds no more of an answer than it may have.
 *
 * @internal
 */
export class SourceFetcher {
  private constructor(private readonly hosts: SourceHosts) {}

  static create(hosts: SourceHosts): SourceFetcher {
    return new SourceFetcher(hosts);
  }

  /**
   * What is there.
   *
   * @throws NotFoundError, InputError with the address without its query, which may hold a secret; NotAllowedError
   */
  async get(request: FetchRequest): Promise<FetchAnswer> {
    const answer = await this.ask(request);
    if (answer.status === 200) return answer;
    const message = `${placeOf(request.url)} was answered with ${
      answer.status
    }`;
    throw answer.status === 404
      ? new NotFoundError(message)
      : new InputError(message);
  }

  /** The same, whatever the status is. */
  async ask(request: FetchRequest): Promise<FetchAnswer> {
    const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
    let { url } = request;
    for (let count = 0; ; count++) {
      this.hosts.check(url);
      const response = await this.send(request, url, signal);
      const location = response.headers.get('location');
      if (!REDIRECTIONS.includes(response.status) || location === null) {
        const body = await bodyOf(response, url, request.maxBytes);
        return { status: response.status, headers: response.headers, body };
      }
      await response.body?.cancel();
      if (count === MAX_REDIRECTIONS || !URL.canParse(location, url)) {
        throw new InputError(
          `${placeOf(request.url)} is redirected to where nothing can be read`,
        );
      }
      url = new URL(location, url);
    }
  }

  private async send(
    { url: first, accept, authorization }: FetchRequest,
    url: URL,
    signal: AbortSignal,
  ): Promise<Response> {
    const own = url.origin === first.origin ? authorization : undefined;
    const headers = new Headers(
      own === undefined
        ? await this.hosts.headersFor(url)
        : { authorization: own },
    );
    if (accept !== undefined) headers.set('accept', accept);
    const silence = this.hosts.silent.reasonOf(url.host);
    if (silence !== undefined) throw unreadable(url, silence);
    try {
      return await fetch(url, { headers, redirect: 'manual', signal });
    } catch (error) {
      const reason = reasonOf(error);
      this.hosts.silent.note(url.host, reason);
      throw unreadable(url, reason);
    }
  }
}

async function bodyOf(
  response: Response,
  url: URL,
  maxBytes: number,
): Promise<Buffer> {
  let body: Buffer | undefined;
  try {
    body = await readBody(response, maxBytes);
  } catch (error) {
    throw unreadable(url, reasonOf(error));
  }
  if (body) return body;
  throw new InputError(`${placeOf(url)} has more than ${maxBytes} bytes`);
}

/** Without query and fragment. */
function placeOf({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

function reasonOf(error: unknown): string {
  const { cause = error } = error as Error;
  return cause instanceof Error ? cause.message : String(cause);
}

function unreadable(url: URL, reason: string): Error {
  return new InputError(`${placeOf(url)} cannot be read: ${reason}`);
}
