import { CellText, ColumnConfig, Table } from '@backstage/ui';
import {
  ClusterStatus,
  ReportedState,
} from '@res-edge/backstage-plugin-res-edge-common';
import { useResource } from '../../hooks';
import { counted, EmptyState, Loaded, Section, Status, Time } from '../common';
import common from '../common/common.module.css';
import { reportedColumns } from './ReportedCells';
import { countsInWords, FRESHNESS } from './states';
import styles from './status.module.css';

type Row = ClusterStatus['applications'][number] & { id: string };

const COLUMNS: ColumnConfig<Row>[] = [
  {
    id: 'application',
    label: 'Application',
    isRowHeader: true,
    defaultWidth: '2fr',
    cell: ({ application, title }) => <CellText title={title ?? application} />,
  },
  ...reportedColumns<Row>(),
];

function Facts(props: { status: ClusterStatus }) {
  const { build, freshness, heardAt } = props.status;
  const [tone, word] = FRESHNESS[freshness];
  return (
    <dl className={common.facts}>
      <dt>Cluster</dt>
      <dd>
        <Status tone={tone}>{word}</Status>{' '}
        {heardAt && (
          <>
            last heard of <Time value={heardAt} />
          </>
        )}
      </dd>
      {build && (
        <>
          <dt>Bill</dt>
          <dd>
            {build.condition} at commit <code>{build.commit.slice(0, 12)}</code>
            , <Time value={build.at} />
            {build.message && (
              <div className={styles.message}>{build.message}</div>
            )}
          </dd>
        </>
      )}
    </dl>
  );
}

function Applications(props: { rows: ClusterStatus['applications'] }) {
  return (
    <div className={common.table}>
      <Table
        columnConfig={COLUMNS}
        data={props.rows.map(each => ({ ...each, id: each.application }))}
        pagination={{ type: 'none' }}
      />
    </div>
  );
}

/** What nobody has to look at, unless he asks. */
function Folded(props: { title: string; rows: ClusterStatus['applications'] }) {
  const { rows, title } = props;
  if (rows.length === 0) return null;
  return (
    <details>
      <summary>{`${title}: ${counted(rows.length, 'application')}`}</summary>
      <Applications rows={rows} />
    </details>
  );
}

/** What a cluster reports, against what it is told to run: first what differs. */
export function ClusterStatusSection(props: { cluster: string }) {
  const { cluster } = props;
  const resource = useResource(`cluster-status/${cluster}`, api =>
    api.getClusterStatus({ name: cluster }),
  );
  return (
    <Section
      title="Reported"
      note={resource.value && countsInWords(resource.value.counts)}
    >
      <Loaded resource={resource}>
        {status => {
          const { applications } = status;
          const inState = (state: ReportedState) =>
            applications.filter(each => each.state === state);
          const differing = applications.filter(
            ({ state }) => state !== 'current' && state !== 'unknown',
          );
          return (
            <>
              <Facts status={status} />
              {applications.length === 0 && (
                <EmptyState title="Nothing is delivered here" />
              )}
              {differing.length > 0 && <Applications rows={differing} />}
              <Folded title="Current" rows={inState('current')} />
              <Folded title="Never reported" rows={inState('unknown')} />
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}
