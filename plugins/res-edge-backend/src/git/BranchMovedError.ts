import { ConflictError } from '@backstage/errors';

/**
 * A branch is not where it was expected: somebody else was faster. Undefined stands for "does not exist".
 *
 * @internal
 */
export class BranchMovedError extends ConflictError {
  constructor(
    readonly branch: string,
    readonly expected: string | undefined,
    readonly found: string | undefined,
  ) {
    super(
      `Branch ${branch} has moved: expected ${expected ?? 'no such branch'}, ` +
        `found ${found ?? 'no such branch'}`,
    );
  }
}
