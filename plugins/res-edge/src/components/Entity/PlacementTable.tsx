import {
  Cell,
  CellText,
  ColumnConfig,
  Table,
  useBreakpoint,
} from '@backstage/ui';
import { ClusterPlacement } from '@res-edge/backstage-plugin-res-edge-common';
import { EdgeLink, EdgeRefLink, Status } from '../common';
import common from '../common/common.module.css';
import styles from './entity.module.css';

type Row = ClusterPlacement & { id: string };

/** The namespace has a column of its own. */
function isAbout(rule: string, namespace: string | undefined): boolean {
  return rule.split('#')[0] === `edgenamespace:default/${namespace}`;
}

function columns(
  state: ClusterPlacement['state'],
  onExplain: (application: string) => void,
  wide: boolean,
): ColumnConfig<Row>[] {
  const all: (ColumnConfig<Row> | undefined)[] = [
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
            aria-label={`Explain ${application}`}
            title="Explain, step by step"
            onClick={() => onExplain(application)}
          >
            {title ?? application}
          </button>
        </Cell>
      ),
    },
    {
      id: 'namespace',
      label: 'Namespace',
      // Why something runs here names it, too.
      isHidden: !wide && state === 'placed',
      defaultWidth: '1fr',
      cell: ({ namespace }) => (
        <Cell>
          {namespace && <EdgeLink kind="EdgeNamespace" name={namespace} />}
        </Cell>
      ),
    },
    state === 'placed'
      ? {
          id: 'version',
          label: 'Version',
          defaultWidth: '1fr',
          cell: ({ version, delivered }) => (
            <CellText
              title={version ?? ''}
              description={
                delivered === version
                  ? undefined
                  : `delivered: ${delivered ?? 'not yet'}`
              }
            />
          ),
        }
      : undefined,
    state === 'refused'
      ? {
          id: 'step',
          label: 'By',
          defaultWidth: 110,
          cell: ({ step }) => (
            <Cell>
              <Status tone="danger">{step}</Status>
            </Cell>
          ),
        }
      : undefined,
    {
      id: 'reason',
      label: 'Why',
      defaultWidth: '3fr',
      cell: ({ namespace, reason, rule }) => (
        <Cell>
          <span className={styles.reason}>
            {reason}
            {rule && !isAbout(rule, namespace) && (
              <>
                {' '}
                <EdgeRefLink reference={rule} />
              </>
            )}
          </span>
        </Cell>
      ),
    },
  ];
  return all.filter(column => column !== undefined);
}

/** Applications of a cluster that are in the same state; each can be explained. */
export function PlacementTable(props: {
  state: ClusterPlacement['state'];
  placements: readonly ClusterPlacement[];
  onExplain: (application: string) => void;
}) {
  const wide = useBreakpoint().up('md');
  return (
    <div className={common.table}>
      <Table
        columnConfig={columns(props.state, props.onExplain, wide)}
        data={props.placements.map(each => ({ ...each, id: each.application }))}
        pagination={{ type: 'none' }}
      />
    </div>
  );
}
