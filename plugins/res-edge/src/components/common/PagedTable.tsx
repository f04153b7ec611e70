import { ReactNode } from 'react';
import { ColumnConfig, Table } from '@backstage/ui';
import { Pages } from '../../hooks';
import { ErrorState } from './ErrorState';
import styles from './common.module.css';

/** A table over a list that the backend pages. */
export function PagedTable<T extends object>(props: {
  /** Says what is in it, where no heading does. */
  label?: string;
  pages: Pages<{ items: T[] }>;
  columns: readonly ColumnConfig<T & { id: string }>[];
  getId: (item: T) => string;
  emptyState: ReactNode;
}) {
  const { pages, getId } = props;
  if (pages.error && !pages.items) {
    return <ErrorState error={pages.error} onRetry={pages.reload} />;
  }
  return (
    <div
      className={styles.table}
      role={props.label && 'region'}
      aria-label={props.label}
    >
      <Table<T & { id: string }>
        columnConfig={props.columns}
        data={pages.items?.map(item => ({ ...item, id: getId(item) }))}
        isPending={pages.loading}
        pagination={
          pages.items?.length === 0 && !pages.pagination.hasPreviousPage
            ? { type: 'none' }
            : pages.pagination
        }
        emptyState={props.emptyState}
      />
    </div>
  );
}
