import { isError } from '@backstage/errors';
import { readBody } from '../util/readBody';

/** Bytes of an answer; a gate needs a number or a word. */
const MAX_BYTES = 256 * 1024;
/** In milliseconds. */
const DEFAULT_TIMEOUT = 10_000;

/** What was answered. @internal */
export interface JsonAnswer {
  readonly status: number;
  /** Undefined where the body is empty, or no JSON. */
  readonly body: unknown;
}

/**
 * Posts to an address of the configuration. It follows no redirect, and reads no more than it may, in no more time.
 *
 * @throws Error that names neither the address nor what was sent
 * @internal
 */
export async function requestJson(
  url: string,
  request: {
    headers: Readonly<Record<string, string>>;
    body: string;
    signal: AbortSignal;
    /** In milliseconds; 10 seconds where left out. */
    timeout?: number;
  },
): Promise<JsonAnswer> {
  const { timeout: milliseconds = DEFAULT_TIMEOUT } = request;
  const timeout = AbortSignal.timeout(milliseconds);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { accept: 'application/json', ...request.headers },
      body: request.body,
      redirect: 'manual',
      signal: AbortSignal.any([request.signal, timeout]),
    });
    const { status } = response;
    if (status >= 300 && status < 400) {
      await response.body?.cancel();
      throw new TypeError('it answers with a redirect, which is not followed');
    }
    return { status, body: parse(await readText(response)) };
  } catch (error) {
    if (timeout.aborted)
      throw new Error(
        `There was no answer within ${milliseconds / 1000} seconds`,
      );
    throw new Error(`There was no answer: ${reasonOf(error)}`);
  }
}

async function readText(response: Response): Promise<string> {
  const body = await readBody(response, MAX_BYTES);
  if (!body) throw new TypeError(`it is larger than ${MAX_BYTES} bytes`);
  return body.toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Our own reasons, or the code of what the network says: its messages have addresses in them. */
function reasonOf(error: unknown): string {
  if (!isError(error)) return 'the connection failed';
  const { cause } = error;
  if (error.name === 'AbortError') return 'nobody waits for it any more';
  if (cause === undefined && error.name === 'TypeError') return error.message;
  return isError(cause) && typeof cause.code === 'string'
    ? cause.code
    : 'the connection failed';
}
