import { Link, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useResource } from '../../hooks';
import { changeRequestRouteRef, plansRouteRef } from '../../routes';
import { Loaded, PageContent, Section, Time } from '../common';
import { Effects } from '../ChangeRequests/Effects';
import { TotalsOfChange } from '../ChangeRequests/TotalsOfChange';
import styles from '../ChangeRequests/changes.module.css';
import { PlanProblems } from './PlanProblems';

/** One plan and what it changes. */
export function PlanDetails(props: { id: string }) {
  const { id } = props;
  const resource = useResource(`plan/${id}`, api => api.getPlan({ id }));
  const listPath = useRouteRef(plansRouteRef)();
  const changeRequestRoute = useRouteRef(changeRequestRouteRef);
  return (
    <PageContent>
      <nav className={styles.back}>
        <Link href={listPath} variant="body-small">
          All plans
        </Link>
      </nav>
      <Loaded resource={resource}>
        {plan => (
          <div className={styles.layout}>
            <div className={styles.headText}>
              <Text as="h1" variant="title-small">
                {plan.cause}
              </Text>
              <TotalsOfChange totals={plan.totals} />
              <Text as="p" variant="body-small" color="secondary">
                Made <Time value={plan.createdAt} />
                {plan.mainCommit && (
                  <>
                    {' '}
                    on main <code>{plan.mainCommit.slice(0, 12)}</code>
                  </>
                )}
                {plan.changeRequest && (
                  <>
                    , for{' '}
                    <Link href={changeRequestRoute({ id: plan.changeRequest })}>
                      its change request
                    </Link>
                  </>
                )}
              </Text>
            </div>
            <PlanProblems problems={plan.problems} />
            <Section title="What changes for whom">
              <Effects effects={plan.effects} />
            </Section>
          </div>
        )}
      </Loaded>
    </PageContent>
  );
}
