import { ChangeRequest } from '@res-edge/backstage-plugin-res-edge-common';
import { Status } from '../common';

/** Whether a change request waits, cannot be merged, is merged, or is history. */
export function ChangeRequestStatus(props: {
  changeRequest: Pick<ChangeRequest, 'state' | 'mergeable'>;
}) {
  const { state, mergeable } = props.changeRequest;
  if (state === 'merged') {
    return <Status tone="success">Merged</Status>;
  }
  if (state === 'superseded') {
    return <Status tone="neutral">Superseded</Status>;
  }
  return mergeable ? (
    <Status tone="info">Open</Status>
  ) : (
    <Status tone="warning">Open, blocked</Status>
  );
}
