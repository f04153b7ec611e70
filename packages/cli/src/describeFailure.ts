import { ServerError } from './online/ServerError';
import { printable } from './terminal/table';
import { UsageError } from './UsageError';

const WRONG_USE = 2;

/** What a person is told of an error, and the exit status. @internal */
export interface Failure {
  readonly status: number;
  /** Whether the command was called in a wrong way, so that its help is worth a look. */
  readonly isUsage: boolean;
  readonly message: string;
}

/** A slip in the program itself comes with its place. @internal */
export function describeFailure(error: unknown): Failure {
  const isUsage = error instanceof UsageError;
  const status = error instanceof ServerError ? error.status : WRONG_USE;
  if (!(error instanceof Error))
    return { status, isUsage, message: printable(String(error)) };
  const isBug =
    error instanceof TypeError ||
    error instanceof RangeError ||
    error instanceof ReferenceError;
  const message = isBug ? String(error.stack) : printable(error.message);
  return { status, isUsage, message };
}
