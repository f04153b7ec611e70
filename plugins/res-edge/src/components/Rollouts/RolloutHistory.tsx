import { useState } from 'react';
import { Cell, ColumnConfig, Link, useBreakpoint } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { PastRollout } from '@res-edge/backstage-plugin-res-edge-common';
import { usePages } from '../../hooks';
import { rolloutRouteRef } from '../../routes';
import { EmptyState, PagedTable, Status, Time } from '../common';
import { MoveText } from './MoveText';
import { ROLLOUT_PHASES } from './phases';
import { rolloutTitle } from './rolloutSubject';
import styles from './rollouts.module.css';

function useColumns(): ColumnConfig<PastRollout>[] {
  const wide = useBreakpoint().up('md');
  const rolloutRoute = useRouteRef(rolloutRouteRef);
  return [
    {
      id: 'rollout',
      label: 'Rollout',
      isRowHeader: true,
      defaultWidth: '1fr',
      cell: rollout => (
        <Cell>
          <Link href={rolloutRoute({ id: rollout.id })} standalone>
            {rolloutTitle(rollout)}
          </Link>
        </Cell>
      ),
    },
    {
      id: 'state',
      label: 'State',
      defaultWidth: '1fr',
      cell: ({ phase, since }) => {
        const [tone, word] = ROLLOUT_PHASES[phase];
        return (
          <Cell>
            <div>
              <Status tone={tone}>{word}</Status>
              <div className={styles.word}>
                <Time value={since} />
              </div>
            </div>
          </Cell>
        );
      },
    },
    {
      id: 'startedAt',
      label: 'Begun',
      isHidden: !wide,
      defaultWidth: 130,
      cell: ({ startedAt }) => (
        <Cell>
          <Time value={startedAt} />
        </Cell>
      ),
    },
    {
      id: 'cause',
      label: 'Cause',
      defaultWidth: '2fr',
      cell: ({ broughtBy }) => (
        <Cell>
          {broughtBy ? <MoveText move={broughtBy} /> : 'It has begun'}
        </Cell>
      ),
    },
  ];
}

function HistoryTable(props: { application: string }) {
  const { application } = props;
  const pages = usePages(
    `rollout-history/${application}`,
    (api, page) => api.getRolloutHistory({ ...page, application }),
    10,
  );
  return (
    <PagedTable
      label="All its rollouts"
      pages={pages}
      columns={useColumns()}
      getId={item => item.id}
      emptyState={<EmptyState title="It had no rollout" />}
    />
  );
}

/** All rollouts that an application, or a namespace's content, had: how each ended, when, why and by whom. Read when it is opened. */
export function RolloutHistory(props: { application: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>All its rollouts</summary>
      {isOpen && <HistoryTable application={props.application} />}
    </details>
  );
}
