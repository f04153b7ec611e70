import { Text } from '@backstage/ui';
import { useEntity } from '@backstage/plugin-catalog-react';
import { useResource } from '../../hooks';
import { ClusterTable } from '../Clusters/ClusterTable';
import { Loaded, GroupCounts, Section, ValuesTable, counted } from '../common';
import { EntityAuditLink } from '../Audit/EntityAuditLink';
import { GroupPath } from '../Hierarchies/GroupPath';
import { contentOf, RolloutSection } from '../Rollouts';
import { SimulationSection } from '../Simulation';
import styles from './entity.module.css';

/** The group of this page: its children with counts, its clusters, the values that they inherit. */
export function GroupContent() {
  const { metadata, spec } = useEntity().entity;
  const { name } = metadata;
  const resource = useResource(`group/${name}`, api => api.getGroup({ name }));
  return (
    <Loaded resource={resource}>
      {({ children, direct, group, path, values }) => (
        <div className={styles.layout}>
          <GroupPath path={path} name={name} />
          <div className={styles.columns}>
            <Section
              title="Groups in it"
              note={counted(children.length, 'group')}
            >
              {children.length === 0 ? (
                <Text variant="body-small" color="secondary">
                  It has no groups below.
                </Text>
              ) : (
                <GroupCounts
                  counts={children.map(child => ({
                    group: child.name,
                    title: child.title,
                    count: child.clusters,
                  }))}
                />
              )}
            </Section>
            <Section title="Values that its clusters inherit">
              <ValuesTable values={values} />
            </Section>
          </div>
          <RolloutSection application={contentOf('EdgeGroup', name)} />
          {spec?.rollout && (
            <SimulationSection application={contentOf('EdgeGroup', name)} />
          )}
          <Section
            title="Clusters"
            note={`${counted(
              group.clusters,
              'cluster',
            )}, ${direct} directly in it`}
          >
            <ClusterTable group={name} />
          </Section>
          <EntityAuditLink kind="EdgeGroup" name={name} />
        </div>
      )}
    </Loaded>
  );
}
