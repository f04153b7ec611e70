import { CustomErrorBase } from '@backstage/errors';

/** A request that is larger than is configured. @internal */
export class PayloadTooLargeError extends CustomErrorBase {
  name = 'PayloadTooLargeError' as const;

  /** For HTTP. */
  readonly statusCode = 413;
}
