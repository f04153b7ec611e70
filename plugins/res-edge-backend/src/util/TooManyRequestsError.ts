import { CustomErrorBase } from '@backstage/errors';

/** More requests than one sender may make. @internal */
export class TooManyRequestsError extends CustomErrorBase {
  name = 'TooManyRequestsError' as const;

  /** For HTTP. */
  readonly statusCode = 429;
}
