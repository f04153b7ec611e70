import { Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import {
  ChangeRequest,
  resEdgeChangeRequestApprovePermission,
  resEdgeChangeRequestBreakGlassPermission,
} from '@res-edge/backstage-plugin-res-edge-common';
import { resEdgeApiRef } from '../../api';
import { ApprovalList } from '../Approvals';
import approvalStyles from '../Approvals/approvals.module.css';
import { ConfirmedButton, Section } from '../common';

/** Who has to agree to a change request, and the buttons by which the reader says what he thinks. */
export function ApprovalSection(props: {
  changeRequest: ChangeRequest;
  onChanged: () => void;
}) {
  const { changeRequest, onChanged } = props;
  const { id, digest, approvals, blocked } = changeRequest;
  const api = useApi(resEdgeApiRef);
  if (!approvals) return null;
  const decision = { id, digest };
  const answer = {
    permission: resEdgeChangeRequestApprovePermission,
    notPermitted: 'You are not permitted to approve change requests.',
    onDone: onChanged,
  };
  const given = approvals.every(({ state }) => state === 'given');
  return (
    <Section title="Approvals">
      <div className={approvalStyles.approvals}>
        <ApprovalList approvals={approvals} />
        <div className={approvalStyles.buttons}>
          <ConfirmedButton
            {...answer}
            label="Approve"
            question="Approve this change?"
            confirm="Approve"
            failure="Could not approve"
            reason="optional"
            run={reason =>
              api.approveChangeRequest({ ...decision, reason, merge: true })
            }
          >
            <Text as="p">{changeRequest.title}</Text>
            <Text as="p" color="secondary">
              Your yes holds for what stands on this page. As soon as all agreed
              it is merged.
            </Text>
          </ConfirmedButton>
          <ConfirmedButton
            {...answer}
            label="Refuse"
            question="Refuse this change?"
            confirm="Refuse"
            failure="Could not refuse"
            variant="secondary"
            reason="required"
            run={reason =>
              api.refuseChangeRequest({ ...decision, reason: reason! })
            }
          >
            <Text as="p">
              Nobody can merge it until you approve it or it changes.
            </Text>
          </ConfirmedButton>
          {!given && (
            <ConfirmedButton
              label="Break glass"
              question="Merge without the approvals?"
              confirm="Merge now"
              permission={resEdgeChangeRequestBreakGlassPermission}
              notPermitted="You are not permitted to break glass."
              reasonAgainst={blocked}
              failure="Could not merge"
              variant="secondary"
              reason="required"
              run={reason => api.breakGlass({ ...decision, reason: reason! })}
              onDone={onChanged}
            >
              <Text as="p">
                For an emergency: it is merged at once. Those who would have
                been asked are told, and your reason stays in Git.
              </Text>
            </ConfirmedButton>
          )}
        </div>
      </div>
    </Section>
  );
}
