import { IncomingMessage, ServerResponse } from 'node:http';

/** Ends a request badly: without an answer, before or after it did its work, or with an answer of the server's own. */
export type Fault =
  | 'cut-before'
  | 'cut-after'
  | { status: number; headers?: Record<string, string>; body?: object };

/** What a server was asked for; `number` counts from 1. */
export interface ServerRequest {
  readonly number: number;
  readonly method: string;
  readonly path: string;
}

/** Adds a request to those that a server was asked for. */
export function askedOf(
  { method, url }: IncomingMessage,
  requests: ServerRequest[],
): ServerRequest {
  const asked = { number: requests.length + 1, method: method!, path: url! };
  requests.push(asked);
  return asked;
}

/**
 * Lets a request fail, where it has a fault.
 *
 * @param body - of the answer, where the fault has none
 * @returns whether it has its answer: what is cut after its work is still to be done
 */
export function fail(
  fault: Fault | undefined,
  request: IncomingMessage,
  response: ServerResponse,
  body: object,
): boolean {
  if (fault === undefined) return false;
  if (fault === 'cut-before') {
    request.socket.destroy();
    return true;
  }
  if (fault === 'cut-after') {
    response.end = (() => {
      request.socket.destroy();
      return response;
    }) as typeof response.end;
    return false;
  }
  const headers = { 'content-type': 'application/json', ...fault.headers };
  request.resume();
  response
    .writeHead(fault.status, headers)
    .end(JSON.stringify(fault.body ?? body));
  return true;
}
