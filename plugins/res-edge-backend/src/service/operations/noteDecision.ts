import { AuditEntry } from '../../database';
import { OperationOptions, OperationRequest } from './Operations';

/**
 * Notes what somebody decided; where it cannot be noted it has happened all the same, and the log of the backend says it.
 *
 * @internal
 */
export async function noteDecision(
  { audit, logger }: Pick<OperationOptions, 'audit' | 'logger'>,
  { access, http }: Pick<OperationRequest<'runPlan'>, 'access' | 'http'>,
  entry: Omit<AuditEntry, 'actor' | 'request'>,
): Promise<void> {
  const { actor } = access;
  try {
    await audit.append([{ ...entry, actor, request: http?.requestId }]);
  } catch (error) {
    const what = `${entry.operation} of ${entry.kind} '${entry.name}'`;
    logger.error(`The ${what} by ${actor} could not be noted`, error as Error);
  }
}
