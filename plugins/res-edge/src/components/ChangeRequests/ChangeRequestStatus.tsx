import { ChangeRequest } from '@res-edge/backstage-plugin-res-edge-common';
import { Status } from '../common';

/** Whether a change request is open, waits for people, cannot be merged, is merged, or is history. */
export function ChangeRequestStatus(props: {
  changeRequest: Pick<ChangeRequest, 'state' | 'mergeable' | 'blocked'>;
}) {
  const { state, mergeable, blocked } = props.changeRequest;
  if (state === 'merged') {
    return <Status tone="success">Merged</Status>;
  }
  if (state === 'superseded') {
    return <Status tone="neutral">Superseded</Status>;
  }
  if (mergeable) return <Status tone="info">Open</Status>;
  return blocked ? (
    <Status tone="warning">Open, blocked</Status>
  ) : (
    <Status tone="info">Waits for approvals</Status>
  );
}
