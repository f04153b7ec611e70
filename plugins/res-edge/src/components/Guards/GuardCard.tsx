import { Card, CardBody, CardHeader, Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import {
  Guard,
  resEdgeGuardSignOffPermission,
} from '@res-edge/backstage-plugin-res-edge-common';
import { resEdgeApiRef } from '../../api';
import {
  ConfirmedButton,
  EdgeLink,
  GroupCounts,
  NameList,
  count,
  counted,
} from '../common';
import { ApprovalList } from '../Approvals';
import styles from './guards.module.css';

const SCOPES: Record<Guard['scope'], string> = {
  application: 'Application',
  namespace: 'Namespace',
  group: 'Group',
  fleet: 'The fleet',
  deletion: 'Deleted Kubernetes Namespace',
};

function LossList(props: { loss: Guard['losses'][number] }) {
  const { kind, name, clusters, gone } = props.loss;
  return (
    <div className={styles.loss}>
      <Text as="h4" variant="body-medium" weight="bold">
        <EdgeLink
          kind={kind === 'application' ? 'EdgeApplication' : 'EdgeNamespace'}
          name={name}
        />{' '}
        leaves {counted(clusters.count + gone.length, 'cluster')}
      </Text>
      <GroupCounts counts={clusters.byGroup} />
      <NameList
        kind="EdgeCluster"
        names={clusters.sample}
        total={clusters.count}
      />
      {gone.length > 0 && (
        <Text variant="body-small">
          No longer registered: {gone.slice(0, 20).join(', ')}
          {gone.length > 20 && ` and ${count(gone.length - 20)} more`}
        </Text>
      )}
    </div>
  );
}

/** One guard: how much of what would be lost, where, and the button that lets it go. */
export function GuardCard(props: { guard: Guard; onSigned: () => void }) {
  const { guard, onSigned } = props;
  const { id, scope, name, lost, before, total, losses, approvals } = guard;
  const api = useApi(resEdgeApiRef);
  return (
    <Card>
      <CardHeader>
        <div className={styles.head}>
          <div>
            <Text as="h3" variant="body-large" weight="bold">
              {SCOPES[scope]} {name}
            </Text>
            <Text as="p" variant="body-small" color="secondary">
              {count(lost)} of {counted(total, 'cluster')} would lose something
              {before > 0 && `, ${count(before)} did within 24 hours`}
            </Text>
          </div>
          <ConfirmedButton
            label="Sign off"
            question="Let it be taken away?"
            confirm="Sign off now"
            permission={resEdgeGuardSignOffPermission}
            notPermitted="You are not permitted to sign off losses."
            failure="Could not sign off"
            reason="required"
            run={reason => api.signOffGuard({ id, reason: reason! })}
            onDone={onSigned}
          >
            <Text as="p">
              What is listed is taken away by the next delivery, and nothing
              else: more of it asks again.
            </Text>
          </ConfirmedButton>
        </div>
      </CardHeader>
      <CardBody>
        {approvals && <ApprovalList approvals={approvals} />}
        {losses.map(loss => (
          <LossList key={`${loss.kind}/${loss.name}`} loss={loss} />
        ))}
      </CardBody>
    </Card>
  );
}
