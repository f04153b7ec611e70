import { ResEdgeApiError } from '@res-edge/backstage-plugin-res-edge-common';
import { ServerError } from './ServerError';

const WRONG = 1;
const WRONG_USE = 2;
const REFUSED = 3;

/** An error of the API as a person is told it, with what can be done. @internal */
export function serverErrorOf(
  error: ResEdgeApiError,
  server: { url: string; hasToken: boolean },
  headers: Headers,
): ServerError {
  const { statusCode } = error;
  const detail = detailOf(error);
  const failed = (message: string, status: 1 | 2 | 3) =>
    new ServerError(message, status, error);
  if (statusCode >= 300 && statusCode < 400) {
    const target = headers.get('location') ?? 'elsewhere';
    return failed(
      `${server.url} sends on to ${target}: is it the address of a Backstage backend?`,
      REFUSED,
    );
  }
  switch (statusCode) {
    case 401:
      return failed(
        server.hasToken
          ? `${server.url} does not accept the token, it may have expired: ${detail}`
          : `${server.url} wants a token: set RESEDGE_TOKEN, give --token-file, or keep one in the context`,
        REFUSED,
      );
    case 403:
      return failed(`you may not do this: ${detail}`, REFUSED);
    case 404:
      return isOurs(error)
        ? failed(detail, WRONG)
        : failed(
            `${server.url} does not know what was asked for: it has no Res-Edge, or one that is older than this resedge`,
            REFUSED,
          );
    case 409:
      return failed(`in conflict with what is there: ${detail}`, WRONG);
    case 410:
      return failed(detail, WRONG);
    case 412:
      return failed(`changed by somebody else meanwhile: ${detail}`, WRONG);
    case 429:
    case 503:
      return failed(`${detail}; ${retryAdvice(headers)}`, REFUSED);
    default:
      return statusCode < 500
        ? failed(detail, WRONG_USE)
        : failed(`${server.url} failed: ${detail}`, REFUSED);
  }
}

/** Whether an operation of ours answered: a server that has no such operation answers otherwise. */
function isOurs({ name, message }: ResEdgeApiError): boolean {
  return name === 'NotFoundError' && message.toLowerCase() !== 'not found';
}

function detailOf({ message, field, position }: ResEdgeApiError): string {
  const place = [
    field === undefined ? '' : ` in ${field}`,
    position === undefined ? '' : ` at character ${position + 1}`,
  ].join('');
  return place === '' ? message : `${message} (${place.trim()})`;
}

function retryAdvice(headers: Headers): string {
  const after = headers.get('retry-after');
  if (after === null) return 'try again later';
  return /^\d+$/.test(after)
    ? `try again in ${after} s`
    : `try again after ${after}`;
}
