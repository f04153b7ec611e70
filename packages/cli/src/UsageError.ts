/**
 * A command that was called in a way that cannot be carried out: exit status 2.
 *
 * @internal
 */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
