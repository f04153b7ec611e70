import { Cell, CellText, ColumnConfig } from '@backstage/ui';
import { ApplicationPlacementPage } from '@res-edge/backstage-plugin-res-edge-common';
import { usePages } from '../../hooks';
import {
  changeInWords,
  EmptyState,
  GroupCounts,
  HeldReasons,
  PagedTable,
  Section,
  Status,
} from '../common';
import { counted } from '../common';
import styles from './entity.module.css';

type State = 'placed' | 'refused' | 'held';
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
  if (state === 'held') {
    return [
      cluster,
      {
        id: 'change',
        label: 'Change',
        defaultWidth: '1fr',
        cell: item => <CellText title={changeInWords(item)} />,
      },
      {
        id: 'held',
        label: 'Waits for',
        defaultWidth: '3fr',
        cell: ({ eta, held }) => (
          <Cell>{held && <HeldReasons held={held} eta={eta} />}</Cell>
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

const WORDS: Record<State, { title: string; empty: string }> = {
  placed: { title: 'Runs on', empty: 'It runs nowhere' },
  refused: { title: 'Refused on', empty: 'It is refused nowhere' },
  held: { title: 'Waits on', empty: 'It waits nowhere' },
};

/** The clusters on which an application is placed, refused, or waits to change, by group and page by page. */
export function ApplicationPlacements(props: {
  application: string;
  state: State;
  onExplain: (cluster: string) => void;
}) {
  const { application, onExplain, state } = props;
  const { empty, title } = WORDS[state];
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
        emptyState={<EmptyState title={empty} />}
      />
    </Section>
  );
}
