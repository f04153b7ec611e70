import { Cell, ColumnConfig, Link, Table, useBreakpoint } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { Rollout } from '@res-edge/backstage-plugin-res-edge-common';
import { useResource } from '../../hooks';
import { rolloutRouteRef } from '../../routes';
import { EmptyState, Loaded, PageContent, Status, Time } from '../common';
import common from '../common/common.module.css';
import { ExpectedTimes } from './ExpectedTimes';
import { MoveText } from './MoveText';
import { isUnderWay, ROLLOUT_PHASES } from './phases';
import { rolloutTitle } from './rolloutSubject';
import styles from './rollouts.module.css';
import { RingPipeline } from './RingPipeline';

/** What needs somebody or moves first; within that what moved last. */
function inOrder(rollouts: readonly Rollout[]): Rollout[] {
  const lastOf = ({ lastMove, since }: Rollout) => lastMove?.at ?? since;
  return [...rollouts].sort(
    (one, other) =>
      Number(isUnderWay(other)) - Number(isUnderWay(one)) ||
      lastOf(other).localeCompare(lastOf(one)),
  );
}

function useColumns(): ColumnConfig<Rollout>[] {
  const wide = useBreakpoint().up('md');
  const rolloutRoute = useRouteRef(rolloutRouteRef);
  return [
    {
      id: 'rollout',
      label: 'Rollout',
      isRowHeader: true,
      defaultWidth: '1.2fr',
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
      defaultWidth: 130,
      cell: ({ phase }) => {
        const [tone, word] = ROLLOUT_PHASES[phase];
        return (
          <Cell>
            <Status tone={tone}>{word}</Status>
          </Cell>
        );
      },
    },
    {
      id: 'rings',
      label: 'Rings',
      defaultWidth: '2fr',
      cell: ({ eta, lastMove, rings }) => (
        <Cell>
          <div>
            <RingPipeline rings={rings} />
            <div className={styles.expected}>
              <ExpectedTimes eta={eta} />
            </div>
            {!wide && lastMove && <MoveText move={lastMove} withRing />}
          </div>
        </Cell>
      ),
    },
    {
      id: 'cause',
      label: 'Last',
      isHidden: !wide,
      defaultWidth: '2fr',
      cell: ({ lastMove }) => (
        <Cell>
          {lastMove ? <MoveText move={lastMove} withRing /> : 'It has begun'}
        </Cell>
      ),
    },
    {
      id: 'since',
      label: 'Since',
      isHidden: !wide,
      defaultWidth: 130,
      cell: ({ lastMove, since }) => (
        <Cell>
          <Time value={lastMove?.at ?? since} />
        </Cell>
      ),
    },
  ];
}

/** The newest rollout of each application: how far it has come, since when, and why. */
export function RolloutList() {
  const rollouts = useResource('rollouts', api => api.listRollouts());
  const columns = useColumns();
  return (
    <PageContent>
      <Loaded resource={rollouts}>
        {({ items }) => (
          <div className={common.table} role="region" aria-label="Rollouts">
            <Table
              columnConfig={columns}
              data={inOrder(items)}
              pagination={{ type: 'none' }}
              emptyState={
                <EmptyState title="No rollouts">
                  An application that names a policy of type rollout goes
                  through its rings, one after the other. A rollout begins with
                  its next release.
                </EmptyState>
              }
            />
          </div>
        )}
      </Loaded>
    </PageContent>
  );
}
