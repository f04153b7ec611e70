import { Cell, ColumnConfig, Link, useBreakpoint } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { PlanSummary } from '@res-edge/backstage-plugin-res-edge-common';
import { usePages, useSubPath } from '../../hooks';
import { changeRequestRouteRef, planRouteRef } from '../../routes';
import { EmptyState, PageContent, PagedTable, Time } from '../common';
import common from '../common/common.module.css';
import { TotalsOfChange } from '../ChangeRequests/TotalsOfChange';
import { PlanDetails } from './PlanDetails';
import { RunPlanButton } from './RunPlanButton';

function useColumns(): ColumnConfig<PlanSummary>[] {
  const wide = useBreakpoint().up('md');
  const planRoute = useRouteRef(planRouteRef);
  const changeRequestRoute = useRouteRef(changeRequestRouteRef);
  return [
    {
      id: 'cause',
      label: 'Cause',
      isRowHeader: true,
      defaultWidth: '2fr',
      cell: ({ id, cause }) => (
        <Cell>
          <Link href={planRoute({ id })} standalone>
            {cause}
          </Link>
        </Cell>
      ),
    },
    {
      id: 'totals',
      label: 'Changes',
      defaultWidth: '2fr',
      cell: ({ totals }) => (
        <Cell>
          <TotalsOfChange totals={totals} />
        </Cell>
      ),
    },
    {
      id: 'changeRequest',
      label: 'Change request',
      isHidden: !wide,
      defaultWidth: '1fr',
      cell: ({ changeRequest }) => (
        <Cell>
          {changeRequest && (
            <Link href={changeRequestRoute({ id: changeRequest })} standalone>
              {changeRequest}
            </Link>
          )}
        </Cell>
      ),
    },
    {
      id: 'createdAt',
      label: 'Made',
      defaultWidth: 130,
      cell: ({ createdAt }) => (
        <Cell>
          <Time value={createdAt} />
        </Cell>
      ),
    },
  ];
}

function PlanList() {
  const pages = usePages('plans', (api, page) => api.listPlans(page));
  const columns = useColumns();
  return (
    <PageContent>
      <div className={common.toolbar}>
        <RunPlanButton onAsked={pages.reload} />
      </div>
      <PagedTable
        label="Plans"
        pages={pages}
        columns={columns}
        getId={item => item.id}
        emptyState={
          <EmptyState title="No plans yet">
            The first plan is made as soon as the catalog has been read.
          </EmptyState>
        }
      />
    </PageContent>
  );
}

/** All plans, the newest first, or the one that the address names. */
export function PlansPage() {
  const id = useSubPath();
  return id ? <PlanDetails id={id} /> : <PlanList />;
}
