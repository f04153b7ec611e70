import { ReviewError } from '../automation/ReviewError';

/** The HTTP status of an error of GitHub; undefined for other errors. @internal */
export function statusOf(error: unknown): number | undefined {
  return error instanceof Error && error.name === 'HttpError'
    ? (error as { status?: number }).status
    : undefined;
}

/** Runs requests; what GitHub answers instead becomes an error that says for what. @internal */
export async function askGitHub<T>(
  what: string,
  requests: () => Promise<T>,
): Promise<T> {
  try {
    return await requests();
  } catch (error) {
    const status = statusOf(error);
    if (status === undefined) throw error;
    throw new ReviewError(
      `GitHub does not ${what} (${status}): ${(error as Error).message}`,
    );
  }
}
