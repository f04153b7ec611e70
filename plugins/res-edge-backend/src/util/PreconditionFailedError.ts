import { CustomErrorBase } from '@backstage/errors';

/** A record is not what the caller read: the condition of If-Match or If-None-Match does not hold. @internal */
export class PreconditionFailedError extends CustomErrorBase {
  name = 'PreconditionFailedError' as const;

  /** For HTTP. */
  readonly statusCode = 412;

  /** @param etag - the record's etag now; undefined where there is none */
  constructor(message: string, readonly etag: string | undefined) {
    super(message);
  }
}
