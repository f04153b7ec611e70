import { Card, CardBody, CardHeader, Link, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { PlanSummary } from '@res-edge/backstage-plugin-res-edge-common';
import { planRouteRef } from '../../routes';
import { EmptyState, Time } from '../common';
import { TotalsOfChange } from '../ChangeRequests/TotalsOfChange';
import styles from '../common/common.module.css';

/** The plan that holds now. */
export function PlanCard(props: { plan?: PlanSummary }) {
  const { plan } = props;
  const planRoute = useRouteRef(planRouteRef);
  return (
    <Card>
      <CardHeader>Current plan</CardHeader>
      <CardBody>
        {plan ? (
          <dl className={styles.facts}>
            <dt>Plan</dt>
            <dd>
              <Link href={planRoute({ id: plan.id })}>{plan.cause}</Link>
            </dd>
            <dt>Made</dt>
            <dd>
              <Time value={plan.createdAt} />
            </dd>
            <dt>Changes</dt>
            <dd>
              <TotalsOfChange totals={plan.totals} />
              <Text as="div" variant="body-small" color="secondary">
                applications, namespaces and groups, counted on each cluster
              </Text>
            </dd>
          </dl>
        ) : (
          <EmptyState title="No plan yet">
            The first plan is made as soon as the catalog has been read.
          </EmptyState>
        )}
      </CardBody>
    </Card>
  );
}
