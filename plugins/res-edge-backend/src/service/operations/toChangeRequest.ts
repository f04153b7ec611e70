import {
  Approval,
  ChangeRequest,
} from '@res-edge/backstage-plugin-res-edge-common';
import { StoredChangeRequest } from '../../database';

/**
 * A change request as the API shows it.
 *
 * @param approvals - how those that it needs stand
 * @internal
 */
export function toChangeRequest(
  {
    description,
    baseCommit,
    headCommit,
    planId,
    approvals: needs,
    checks,
    ...changeRequest
  }: StoredChangeRequest,
  approvals: readonly Approval[],
): ChangeRequest {
  return {
    ...changeRequest,
    mergeable:
      changeRequest.state === 'open' &&
      changeRequest.blocked === undefined &&
      approvals.every(({ state }) => state === 'given'),
    ...(approvals.length > 0 && { approvals: [...approvals] }),
  };
}
