import { ChangeRequest } from '@res-edge/backstage-plugin-res-edge-common';
import { StoredChangeRequest } from '../../database';

/** A change request as the API shows it. @internal */
export function toChangeRequest({
  description,
  baseCommit,
  headCommit,
  planId,
  ...changeRequest
}: StoredChangeRequest): ChangeRequest {
  return {
    ...changeRequest,
    mergeable:
      changeRequest.state === 'open' && changeRequest.blocked === undefined,
  };
}
