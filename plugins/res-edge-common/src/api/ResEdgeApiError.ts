import { CustomErrorBase } from '@backstage/errors';
import { ErrorBody } from './types';

/** The part of a Response that an error is made from. @public */
export type FailedResponse = Pick<Response, 'status' | 'statusText' | 'text'>;

/**
 * An answer of the API that is no success. Its `name` is that of the error in the backend (`InputError`,
 * `NotFoundError`, …), as with Backstage's ResponseError.
 *
 * @public
 */
export class ResEdgeApiError extends CustomErrorBase {
  /** The HTTP status. */
  readonly statusCode: number;
  /** Where in a selector, in characters from its start. */
  readonly position?: number;
  /** The field that is wrong. */
  readonly field?: string;
  /** The etag that the entity has, where another one was asked for. */
  readonly etag?: string;
  /** Each thing that is wrong, with its place. */
  readonly details?: readonly { pointer: string; message: string }[];

  private constructor(statusCode: number, error: ErrorBody['error']) {
    super(error.message);
    this.name = error.name;
    this.statusCode = statusCode;
    this.position = error.position;
    this.field = error.field;
    this.etag = error.etag;
    this.details = error.details;
  }

  /** Reads the body of a response that is not ok. */
  static async fromResponse(
    response: FailedResponse,
  ): Promise<ResEdgeApiError> {
    const text = await response.text();
    return new ResEdgeApiError(
      response.status,
      readError(text) ?? {
        name: 'ResponseError',
        message:
          `Request failed with ${response.status} ${response.statusText}`.trim(),
      },
    );
  }
}

function readError(text: string): ErrorBody['error'] | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined; // a proxy in between answers with a page of its own
  }
  const error = (body as Partial<ErrorBody> | undefined)?.error;
  if (typeof error?.name !== 'string' || typeof error.message !== 'string') {
    return undefined;
  }
  return {
    name: error.name,
    message: error.message,
    position: typeof error.position === 'number' ? error.position : undefined,
    field: typeof error.field === 'string' ? error.field : undefined,
    etag: typeof error.etag === 'string' ? error.etag : undefined,
    details: Array.isArray(error.details) ? error.details : undefined,
  };
}
