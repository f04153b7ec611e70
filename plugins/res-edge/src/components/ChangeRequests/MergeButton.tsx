import { Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import {
  ChangeRequest,
  resEdgeChangeRequestMergePermission,
} from '@res-edge/backstage-plugin-res-edge-common';
import { resEdgeApiRef } from '../../api';
import { ConfirmedButton } from '../common';
import { TotalsOfChange } from './TotalsOfChange';

/** Merges the decision that stands on the page, after a confirmation, or says why that cannot be done. */
export function MergeButton(props: {
  changeRequest: ChangeRequest;
  onChanged: () => void;
}) {
  const { changeRequest, onChanged } = props;
  const { id, digest, mergeable, blocked, approvals } = changeRequest;
  const api = useApi(resEdgeApiRef);
  return (
    <ConfirmedButton
      label="Merge"
      question="Merge into main?"
      confirm="Merge now"
      permission={resEdgeChangeRequestMergePermission}
      notPermitted="You are not permitted to merge change requests."
      reasonAgainst={mergeable ? undefined : blocked ?? against(approvals)}
      failure="Could not merge"
      run={() => api.mergeChangeRequest({ id, digest })}
      onDone={onChanged}
    >
      <Text as="p">{changeRequest.title}</Text>
      <Text as="p">
        <TotalsOfChange totals={changeRequest.totals} />
      </Text>
      <Text as="p" color="secondary">
        Delivery follows the merge by itself.
      </Text>
    </ConfirmedButton>
  );
}

function against(approvals: ChangeRequest['approvals']): string {
  return approvals?.some(({ state }) => state === 'refused')
    ? 'An approval that it needs was refused.'
    : 'It waits for approvals.';
}
