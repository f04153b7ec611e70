import { Card, CardBody } from '@backstage/ui';
import { useQueryParameter, useResource } from '../../hooks';
import { EmptyState, Loaded, PageContent, counted } from '../common';
import { GroupNode } from './GroupNode';
import { GroupPanel } from './GroupPanel';
import styles from './hierarchies.module.css';

/** All business hierarchies side by side, and beside them the group that is chosen. */
export function HierarchiesPage() {
  const roots = useResource('root-groups', api => api.listRootGroups());
  const [selected, setSelected] = useQueryParameter('group');
  return (
    <PageContent>
      <Loaded resource={roots}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="No groups">
              Entities of kind EdgeGroup without a parent are the roots of the
              business hierarchies.
            </EmptyState>
          ) : (
            <div className={styles.layout}>
              <div className={styles.trees}>
                {items.map(root => (
                  <Card key={root.name}>
                    <CardBody>
                      <div className={styles.hierarchy}>
                        <span>{root.type ?? 'hierarchy'}</span>
                        <span>{counted(root.clusters, 'cluster')}</span>
                      </div>
                      <ul className={styles.children}>
                        <GroupNode
                          group={root}
                          total={root.clusters}
                          selected={selected}
                          onSelect={setSelected}
                          startOpen={items.length <= 6}
                        />
                      </ul>
                    </CardBody>
                  </Card>
                ))}
              </div>
              <div className={styles.details}>
                {selected ? (
                  <GroupPanel name={selected} />
                ) : (
                  <EmptyState title="Choose a group">
                    Its clusters and the values that they inherit show here.
                  </EmptyState>
                )}
              </div>
            </div>
          )
        }
      </Loaded>
    </PageContent>
  );
}
