import { useState } from 'react';
import { Button, Cell, ColumnConfig } from '@backstage/ui';
import {
  ApplicationStatusPage,
  ReportedState,
} from '@res-edge/backstage-plugin-res-edge-common';
import { usePages } from '../../hooks';
import { count, EdgeLink, EmptyState, PagedTable, Section } from '../common';
import { reportedColumns } from './ReportedCells';
import { StateBar } from './StateBar';
import { STATE_NAMES, STATES, totalOf } from './states';
import styles from './status.module.css';

type Row = ApplicationStatusPage['items'][number] & { id: string };
type Filter = ReportedState | 'drift';

const COLUMNS: ColumnConfig<Row>[] = [
  {
    id: 'cluster',
    label: 'Cluster',
    isRowHeader: true,
    defaultWidth: '2fr',
    cell: ({ cluster }) => (
      <Cell>
        <EdgeLink kind="EdgeCluster" name={cluster} />
      </Cell>
    ),
  },
  ...reportedColumns<Row>(),
];

function Filters(props: {
  page: ApplicationStatusPage;
  filter: Filter;
  onChange: (filter: Filter) => void;
}) {
  const { counts } = props.page;
  const filters: [Filter, string, number][] = [
    ['drift', 'not current', totalOf(counts) - counts.current],
    ...STATE_NAMES.map((state): [Filter, string, number] => [
      state,
      STATES[state][1],
      counts[state],
    ]),
  ];
  return (
    <div className={styles.filters} role="group" aria-label="Clusters shown">
      {filters
        .filter(([name, , value]) => value > 0 || name === props.filter)
        .map(([name, word, value]) => (
          <Button
            key={name}
            size="small"
            variant={name === props.filter ? 'primary' : 'secondary'}
            aria-pressed={name === props.filter}
            onPress={() => props.onChange(name)}
          >
            {`${word} ${count(value)}`}
          </Button>
        ))}
    </div>
  );
}

function Groups(props: { groups: ApplicationStatusPage['byGroup'] }) {
  return (
    <div className={styles.groups}>
      {props.groups.map(({ group, counts }) => (
        <div key={group} style={{ display: 'contents' }}>
          <EdgeLink kind="EdgeGroup" name={group} />
          <StateBar counts={counts} />
        </div>
      ))}
    </div>
  );
}

/** On how many clusters an application is as it is wanted, by group, and on which it is not. */
export function ApplicationStatusSection(props: { application: string }) {
  const { application: name } = props;
  const [filter, setFilter] = useState<Filter>('drift');
  const pages = usePages(
    JSON.stringify(['application-status', name, filter]),
    (api, page) => api.getApplicationStatus({ ...page, name, state: filter }),
  );
  const { value } = pages;
  return (
    <Section title="Reported" note="of the clusters whose bill has it">
      {value && (
        <>
          <StateBar counts={value.counts} />
          <details>
            <summary>By group</summary>
            <Groups groups={value.byGroup} />
          </details>
          <Filters page={value} filter={filter} onChange={setFilter} />
        </>
      )}
      <PagedTable
        label="Clusters by what they report"
        pages={pages}
        columns={COLUMNS}
        getId={item => item.cluster}
        emptyState={<EmptyState title="No cluster is in this state" />}
      />
    </Section>
  );
}
