import { CustomErrorBase } from '@backstage/errors';

/** What is asked for was there once, and is not kept any more. @internal */
export class GoneError extends CustomErrorBase {
  name = 'GoneError' as const;

  /** For HTTP. */
  readonly statusCode = 410;
}
