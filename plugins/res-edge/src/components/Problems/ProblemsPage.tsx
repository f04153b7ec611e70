import { Cell, ColumnConfig } from '@backstage/ui';
import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import { usePages } from '../../hooks';
import { EdgeRefLink, EmptyState, PageContent, PagedTable } from '../common';
import styles from './problems.module.css';

type Row = Problem & { id: string };

const COLUMNS: ColumnConfig<Row>[] = [
  {
    id: 'entity',
    label: 'Entity',
    isRowHeader: true,
    defaultWidth: '1fr',
    cell: ({ entity }) => (
      <Cell>
        <EdgeRefLink reference={entity} />
      </Cell>
    ),
  },
  {
    id: 'field',
    label: 'Field',
    defaultWidth: '1fr',
    cell: ({ field }) => (
      <Cell>
        <code className={styles.message}>{field}</code>
      </Cell>
    ),
  },
  {
    id: 'message',
    label: 'Problem',
    defaultWidth: '3fr',
    cell: ({ message }) => (
      <Cell>
        <span className={styles.message}>{message}</span>
      </Cell>
    ),
  },
];

/** Everything that is wrong with entities of the fleet; none of it stops the others. */
export function ProblemsPage() {
  const pages = usePages('problems', (api, page) => api.listProblems(page));
  return (
    <PageContent>
      <PagedTable
        label="Problems"
        pages={pages}
        columns={COLUMNS}
        getId={({ entity, field, message }) => `${entity} ${field} ${message}`}
        emptyState={
          <EmptyState title="No problems">
            Every entity could be read and every reference was found.
          </EmptyState>
        }
      />
    </PageContent>
  );
}
