import { useState } from 'react';
import { SearchField, Switch, useBreakpoint } from '@backstage/ui';
import { useDebounced, usePages } from '../../hooks';
import { EmptyState, PagedTable } from '../common';
import styles from '../common/common.module.css';
import { clusterColumns } from './clusterColumns';

/** A searchable, paged table of clusters: of the whole fleet, or of a group and what is below it. */
export function ClusterTable(props: { group?: string; compact?: boolean }) {
  const { group, compact } = props;
  const [words, setWords] = useState('');
  const [withProblems, setWithProblems] = useState(false);
  const search = useDebounced(words.trim()) || undefined;
  const { up } = useBreakpoint();
  const pages = usePages(
    JSON.stringify(['clusters', group, search, withProblems]),
    (api, page) =>
      api.listEntities({
        ...page,
        kind: 'EdgeCluster',
        group,
        search,
        problems: withProblems || undefined,
      }),
  );
  const filtered = search !== undefined || withProblems;
  return (
    <div>
      <div className={styles.toolbar}>
        <div className={styles.toolbarField}>
          <SearchField
            aria-label="Search clusters"
            placeholder="Name, title or label"
            value={words}
            onChange={setWords}
          />
        </div>
        <Switch
          label="With problems"
          isSelected={withProblems}
          onChange={setWithProblems}
        />
      </div>
      <PagedTable
        label={group ? `Clusters in ${group}` : 'Clusters'}
        pages={pages}
        columns={clusterColumns({ wide: up('lg') && !compact, compact })}
        getId={item => item.name}
        emptyState={
          filtered ? (
            <EmptyState title="No cluster matches" />
          ) : (
            <EmptyState title="No clusters">
              {group
                ? 'No cluster is in this group or below.'
                : 'Register a location with entities of kind EdgeCluster in the catalog.'}
            </EmptyState>
          )
        }
      />
    </div>
  );
}
