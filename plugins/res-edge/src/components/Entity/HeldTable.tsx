import { Cell, CellText, ColumnConfig, Table } from '@backstage/ui';
import { ClusterPlacement } from '@res-edge/backstage-plugin-res-edge-common';
import { changeInWords, HeldReasons } from '../common';
import common from '../common/common.module.css';
import styles from './entity.module.css';

type Row = ClusterPlacement & { id: string };

function columns(
  onExplain: (application: string) => void,
): ColumnConfig<Row>[] {
  return [
    {
      id: 'application',
      label: 'Application',
      isRowHeader: true,
      defaultWidth: '1fr',
      cell: ({ application, title }) => (
        <Cell>
          <button
            type="button"
            className={styles.linkButton}
            aria-label={`Explain the wait of ${application}`}
            title="Explain, step by step"
            onClick={() => onExplain(application)}
          >
            {title ?? application}
          </button>
        </Cell>
      ),
    },
    {
      id: 'change',
      label: 'Change',
      defaultWidth: '1fr',
      cell: ({ delivered, state, version }) => (
        <CellText
          title={changeInWords({
            delivered,
            version: state === 'placed' ? version : undefined,
          })}
        />
      ),
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

/** Changes of a cluster that are decided and wait; each can be explained. */
export function HeldTable(props: {
  placements: readonly ClusterPlacement[];
  onExplain: (application: string) => void;
}) {
  return (
    <div className={common.table}>
      <Table
        columnConfig={columns(props.onExplain)}
        data={props.placements.map(each => ({ ...each, id: each.application }))}
        pagination={{ type: 'none' }}
      />
    </div>
  );
}
