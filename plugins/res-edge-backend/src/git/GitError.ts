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

  constructor(options: {
    command: string;
    status?: number;
    reason: string;
    cause?: unknown;
  }) {
    super(
      redactSecrets(`git ${options.command} failed: ${options.reason.trim()}`),
      options.cause,
    );
    this.status = options.status;
  }
}
