import { CellText, ColumnConfig, Table } from '@backstage/ui';
import { ClusterStatus } from '@res-edge/backstage-plugin-res-edge-common';
import { useResource } from '../../hooks';
import { EmptyState, Loaded, Section, Status, Time } from '../common';
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

/** What a cluster reports, against what it is told to run. */
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
        {status => (
          <>
            <Facts status={status} />
            {status.applications.length === 0 ? (
              <EmptyState title="Nothing is delivered here" />
            ) : (
              <div className={common.table}>
                <Table
                  columnConfig={COLUMNS}
                  data={status.applications.map(each => ({
                    ...each,
                    id: each.application,
                  }))}
                  pagination={{ type: 'none' }}
                />
              </div>
            )}
          </>
        )}
      </Loaded>
    </Section>
  );
}
