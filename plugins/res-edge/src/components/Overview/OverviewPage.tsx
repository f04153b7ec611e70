import { Grid } from '@backstage/ui';
import { useResource } from '../../hooks';
import { EmptyState, Loaded, PageContent } from '../common';
import { GuardSection } from '../Guards';
import { FleetStatusCard } from '../Status';
import { DeliveryCard } from './DeliveryCard';
import { OpenChangeRequestsCard } from './OpenChangeRequestsCard';
import { PlanCard } from './PlanCard';
import { ProblemsCard } from './ProblemsCard';
import { Totals } from './Totals';

/** The fleet at a glance: how large it is, what is delivered, what needs somebody's attention. */
export function OverviewPage() {
  const fleet = useResource('fleet', api => api.getFleet());
  return (
    <PageContent>
      <Loaded resource={fleet}>
        {summary => (
          <>
            <Totals summary={summary} />
            <GuardSection />
            {summary.clusters.total === 0 && (
              <EmptyState title="No clusters yet">
                Register a location with entities of kind EdgeCluster in the
                catalog. They show here as soon as the catalog has read them.
              </EmptyState>
            )}
            <Grid.Root columns={{ initial: '1', md: '2' }} gap="4" mt="4">
              <OpenChangeRequestsCard total={summary.openChangeRequests} />
              <ProblemsCard total={summary.problems} />
              <DeliveryCard summary={summary} />
              <FleetStatusCard />
              <PlanCard plan={summary.plan} />
            </Grid.Root>
          </>
        )}
      </Loaded>
    </PageContent>
  );
}
