import { useMemo } from 'react';
import { Table, useBreakpoint, useTable } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { ApplicationReach } from '@res-edge/backstage-plugin-res-edge-common';
import { changeRequestRouteRef } from '../../routes';
import { EmptyState } from '../common';
import styles from '../common/common.module.css';
import { ApplicationRow, applicationColumns } from './applicationColumns';

function compare(a: ApplicationRow, b: ApplicationRow, column: string) {
  if (column === 'placed') {
    return a.placed - b.placed;
  }
  const key = column === 'namespace' ? 'namespace' : 'name';
  const [left, right] = [a[key] ?? '', b[key] ?? ''];
  if (left === right) {
    return 0;
  }
  return left < right ? -1 : 1;
}

function toRow(reach: ApplicationReach): ApplicationRow {
  return { ...reach, id: reach.name };
}

function matching(search = ''): (reach: ApplicationReach) => boolean {
  const words = search.toLowerCase().split(/\s+/);
  return ({ name, title, namespace, owner }) => {
    const text = [name, title, namespace, owner].join(' ').toLowerCase();
    return words.every(word => text.includes(word));
  };
}

/** Applications with their reach, to compare. */
export function ApplicationTable(props: {
  applications: readonly ApplicationReach[];
  search?: string;
}) {
  const { up } = useBreakpoint();
  const changeRequestRoute = useRouteRef(changeRequestRouteRef);
  const { applications, search } = props;
  const rows = useMemo(
    () => applications.filter(matching(search)).map(toRow),
    [applications, search],
  );
  const { tableProps } = useTable<ApplicationRow>({
    mode: 'complete',
    data: rows,
    paginationOptions: { pageSize: 50 },
    sortFn: (data, { column, direction }) => {
      const sign = direction === 'descending' ? -1 : 1;
      return [...data].sort((a, b) => sign * compare(a, b, String(column)));
    },
  });
  return (
    <div className={styles.table} role="region" aria-label="Applications">
      <Table
        {...tableProps}
        pagination={rows.length > 50 ? tableProps.pagination : { type: 'none' }}
        columnConfig={applicationColumns({
          wide: up('md'),
          changeRequestPath: id => changeRequestRoute({ id }),
        })}
        emptyState={
          search ? (
            <EmptyState title="No application matches" />
          ) : (
            <EmptyState title="No applications">
              An entity of kind EdgeApplication brings manifests to the clusters
              of its namespace.
            </EmptyState>
          )
        }
      />
    </div>
  );
}
