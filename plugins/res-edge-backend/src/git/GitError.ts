import { CustomErrorBase } from '@backstage/errors';
import { redactSecrets } from './redactSecrets';

/**
 * A git command failed in a way that no caller asked for. Its message holds git's own words, without secrets.
 *
 * @internal
 */
export class GitError extends CustomErrorBase {
  name = 'GitError' as const;
  /** Exit status, where git ended by itself. */
  readonly status: number | undefined;
  /** Whether it did not end in time. */
  readonly isTimeout: boolean;

  constructor(options: {
    command: string;
    status?: number;
    reason: string;
    isTimeout?: boolean;
    cause?: unknown;
  }) {
    super(
      redactSecrets(`git ${options.command} failed: ${options.reason.trim()}`),
      options.cause,
    );
    this.status = options.status;
    this.isTimeout = options.isTimeout ?? false;
  }
}
