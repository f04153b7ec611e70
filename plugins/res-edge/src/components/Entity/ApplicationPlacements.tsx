import { Cell, CellText, ColumnConfig } from '@backstage/ui';
import { ApplicationPlacementPage } from '@res-edge/backstage-plugin-res-edge-common';
import { usePages } from '../../hooks';
import {
  EmptyState,
  GroupCounts,
  PagedTable,
  Section,
  Status,
} from '../common';
import { counted } from '../common';
import styles from './entity.module.css';

type State = 'placed' | 'refused';
type Row = ApplicationPlacementPage['items'][number] & { id: string };

function columns(
  state: State,
  onExplain: (cluster: string) => void,
): ColumnConfig<Row>[] {
  const cluster: ColumnConfig<Row> = {
    id: 'cluster',
    label: 'Cluster',
    isRowHeader: true,
    defaultWidth: '2fr',
    cell: item => (
      <Cell>
        <button
          type="button"
          className={styles.linkButton}
          aria-label={`Explain ${item.cluster}`}
          title="Explain, step by step"
          onClick={() => onExplain(item.cluster)}
        >
          {item.cluster}
        </button>
      </Cell>
    ),
  };
  if (state === 'placed') {
    return [
      cluster,
      {
        id: 'version',
        label: 'Version',
        defaultWidth: '3fr',
        cell: ({ version = '', delivered }) => (
          <CellText
            title={version}
            description={
              delivered === version
                ? undefined
                : `delivered: ${delivered ?? 'not yet'}`
            }
          />
        ),
      },
    ];
  }
  return [
    cluster,
    {
      id: 'step',
      label: 'By',
      defaultWidth: 110,
      cell: ({ step }) => (
        <Cell>
          <Status tone="danger">{step}</Status>
        </Cell>
      ),
    },
    {
      id: 'reason',
      label: 'Why',
      defaultWidth: '3fr',
      cell: ({ reason }) => (
        <Cell>
          <span className={styles.reason}>{reason}</span>
        </Cell>
      ),
    },
  ];
}

/** The clusters on which an application is placed, or refused, by group and page by page. */
export function ApplicationPlacements(props: {
  application: string;
  state: State;
  onExplain: (cluster: string) => void;
}) {
  const { application, onExplain, state } = props;
  const title = state === 'placed' ? 'Runs on' : 'Refused on';
  const pages = usePages(
    JSON.stringify(['placements', application, state]),
    (api, page) =>
      api.listApplicationPlacements({ ...page, name: application, state }),
  );
  const { value } = pages;
  return (
    <Section title={title} note={value && counted(value.total, 'cluster')}>
      {value && value.total > 0 && <GroupCounts counts={value.byGroup} />}
      <PagedTable
        pages={pages}
        columns={columns(state, onExplain)}
        getId={item => item.cluster}
        emptyState={
          <EmptyState
            title={
              state === 'placed' ? 'It runs nowhere' : 'It is refused nowhere'
            }
          />
        }
      />
    </Section>
  );
}
