import {
  ResEdgeApi,
  ResEdgeApiError,
  ResEdgeClient,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Call } from '../commands/Command';
import { serverErrorOf } from './serverErrorOf';
import { ServerError } from './ServerError';
import { Server, serverOf } from './Server';

const UNREACHABLE = 3;

/**
 * The API of the server that a call means. Its errors are {@link ServerError}s.
 *
 * @throws UsageError where no server is meant
 * @internal
 */
export function connect(call: Pick<Call, 'options' | 'streams'>): ResEdgeApi {
  const server = serverOf(call);
  return new ResEdgeClient({
    discoveryApi: {
      getBaseUrl: async pluginId => `${server.url}/api/${pluginId}`,
    },
    fetchApi: { fetch: (input, init) => ask(server, input, init) },
  });
}

async function ask(
  { url, token }: Server,
  input: Parameters<typeof fetch>[0],
  init: RequestInit = {},
): Promise<Response> {
  const headers = new Headers(init.headers);
  if (token) headers.set('authorization', `Bearer ${token}`);
  let response: Response;
  try {
    // A redirection is that of a login page, or of a wrong address; a token does not follow it.
    response = await fetch(input, { ...init, headers, redirect: 'manual' });
  } catch (error) {
    throw new ServerError(
      `cannot reach ${url}: ${reasonOf(error)}`,
      UNREACHABLE,
      error,
    );
  }
  if (response.ok) return checkAnswer(url, response);
  throw serverErrorOf(
    await ResEdgeApiError.fromResponse(response),
    { url, hasToken: token !== undefined },
    response.headers,
  );
}

function checkAnswer(url: string, response: Response): Response {
  const type = response.headers.get('content-type') ?? '';
  if (response.status !== 204 && !/^application\/json\b/.test(type)) {
    throw new ServerError(
      `${url} answers with ${
        type || 'no type'
      }, not with JSON: is it the address of a Backstage backend?`,
      UNREACHABLE,
    );
  }
  return response;
}

/** What fetch hides: the error of the connection. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error & {
    cause?: { code?: string; message?: string };
  };
  return cause?.code ?? cause?.message ?? message;
}
