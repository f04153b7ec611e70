import { serializeError } from '@backstage/errors';
import {
  EdgeEntityError,
  ErrorDetails,
} from '@res-edge/backstage-plugin-res-edge-common';
import { fieldPointer } from '../util/fieldPointer';

/** Adds to an error about an entity where in it the field is. @internal */
export function withDetails(error: Error, prefix = ''): Error {
  return error instanceof EdgeEntityError
    ? Object.assign(error, {
        details: [
          {
            pointer: `${prefix}${fieldPointer(error.field)}`,
            message: error.detail,
          },
        ],
      })
    : error;
}

/** An error within an answer, in the form that failed requests have. @internal */
export function errorDetails(error: Error, prefix?: string): ErrorDetails {
  const { name, message, etag, details } = serializeError(
    withDetails(error, prefix),
  ) as Partial<ErrorDetails>;
  return {
    name: name ?? 'Error',
    message: message ?? '',
    ...(etag && { etag }),
    ...(details && { details }),
  };
}
