/**
 * What a server answered, or that it does not answer, as a person is told it.
 *
 * @internal
 */
export class ServerError extends Error {
  /** @param status - the exit status: 1 not found or in conflict, 2 wrong use, 3 not reached or refused */
  constructor(message: string, readonly status: 1 | 2 | 3, cause?: unknown) {
    super(message, { cause });
    this.name = 'ServerError';
  }
}
