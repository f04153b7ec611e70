import { Cell, ColumnConfig, Link, Select, useBreakpoint } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  ChangeRequest,
  ChangeRequestState,
} from '@res-edge/backstage-plugin-res-edge-common';
import { usePages, useQueryParameter, useSubPath } from '../../hooks';
import { changeRequestRouteRef } from '../../routes';
import {
  EdgeRefLink,
  EmptyState,
  PageContent,
  PagedTable,
  Time,
} from '../common';
import common from '../common/common.module.css';
import { ApprovalInboxSection } from '../Approvals';
import { DriftSection } from '../Drift';
import { GuardSection } from '../Guards';
import { ChangeRequestDetails } from './ChangeRequestDetails';
import { ChangeRequestStatus } from './ChangeRequestStatus';
import { TotalsOfChange } from './TotalsOfChange';
import styles from './changes.module.css';

const STATES = [
  { value: 'all', label: 'All' },
  { value: 'open', label: 'Open' },
  { value: 'merged', label: 'Merged' },
  { value: 'superseded', label: 'Superseded' },
];

function isState(value: string | undefined): value is ChangeRequestState {
  return value === 'open' || value === 'merged' || value === 'superseded';
}

function useColumns(): ColumnConfig<ChangeRequest>[] {
  const wide = useBreakpoint().up('md');
  const changeRequestRoute = useRouteRef(changeRequestRouteRef);
  return [
    {
      id: 'title',
      label: 'Title',
      isRowHeader: true,
      defaultWidth: '2fr',
      cell: ({ id, title }) => (
        <Cell>
          <Link href={changeRequestRoute({ id })} standalone>
            {title}
          </Link>
        </Cell>
      ),
    },
    {
      id: 'intent',
      label: 'For',
      isHidden: !wide,
      defaultWidth: '1fr',
      cell: ({ intent }) => (
        <Cell>
          <EdgeRefLink reference={intent} />
        </Cell>
      ),
    },
    {
      id: 'state',
      label: 'State',
      defaultWidth: wide ? 180 : 130,
      cell: item => (
        <Cell>
          <ChangeRequestStatus changeRequest={item} />
        </Cell>
      ),
    },
    {
      id: 'totals',
      label: 'Changes',
      isHidden: !wide,
      defaultWidth: '1.5fr',
      cell: ({ totals }) => (
        <Cell>
          <TotalsOfChange totals={totals} />
        </Cell>
      ),
    },
    {
      id: 'updated',
      label: 'Updated',
      defaultWidth: 130,
      cell: ({ updatedAt }) => (
        <Cell>
          <Time value={updatedAt} />
        </Cell>
      ),
    },
  ];
}

function ChangeRequestList() {
  const [chosen, setChosen] = useQueryParameter('state');
  const state = isState(chosen) ? chosen : undefined;
  const pages = usePages(`change-requests/${state}`, (api, page) =>
    api.listChangeRequests({ ...page, state }),
  );
  const columns = useColumns();
  return (
    <PageContent>
      <div className={styles.waiting}>
        <ApprovalInboxSection />
        <GuardSection />
        <DriftSection />
      </div>
      <div className={common.toolbar}>
        <div className={common.toolbarField}>
          <Select
            label="State"
            options={STATES}
            value={state ?? 'all'}
            onChange={value => setChosen(value === 'all' ? '' : String(value))}
          />
        </div>
      </div>
      <PagedTable
        label="Change requests"
        pages={pages}
        columns={columns}
        getId={item => item.id}
        emptyState={
          <EmptyState title="No change requests">
            A change of a namespace, an application, a group or a policy in the
            catalog becomes a change request here.
          </EmptyState>
        }
      />
    </PageContent>
  );
}

/** All change requests, or the one that the address names. */
export function ChangeRequestsPage() {
  const id = useSubPath();
  return id ? <ChangeRequestDetails id={id} /> : <ChangeRequestList />;
}
