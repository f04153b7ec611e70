import { useEntity } from '@backstage/plugin-catalog-react';
import { useResource } from '../../hooks';
import { ApplicationTable } from '../Applications/ApplicationTable';
import {
  EmptyState,
  GroupCounts,
  Loaded,
  NameList,
  Section,
  counted,
} from '../common';
import { EntityAuditLink } from '../Audit/EntityAuditLink';
import { contentOf, RolloutSection } from '../Rollouts';
import { SimulationSection } from '../Simulation';
import styles from './entity.module.css';

/** Which clusters the namespace of this page selects, and the applications that it brings there. */
export function NamespaceContent() {
  const { metadata, spec } = useEntity().entity;
  const { name } = metadata;
  const resource = useResource(`namespace/${name}`, api =>
    api.getNamespaceReach({ name }),
  );
  return (
    <Loaded resource={resource}>
      {({ applications, byGroup, clusters, sample }) => (
        <div className={styles.layout}>
          <Section title="Reach" note={counted(clusters, 'cluster')}>
            {clusters === 0 ? (
              <EmptyState title="It selects no cluster">
                Without a selector a namespace is nowhere; with one, no cluster
                matches now.
              </EmptyState>
            ) : (
              <div className={styles.columns}>
                <GroupCounts counts={byGroup} />
                <NameList kind="EdgeCluster" names={sample} total={clusters} />
              </div>
            )}
          </Section>
          <RolloutSection application={contentOf('EdgeNamespace', name)} />
          {spec?.rollout && (
            <SimulationSection application={contentOf('EdgeNamespace', name)} />
          )}
          <Section
            title="Applications"
            note={counted(applications.length, 'application')}
          >
            <ApplicationTable applications={applications} />
          </Section>
          <EntityAuditLink kind="EdgeNamespace" name={name} />
        </div>
      )}
    </Loaded>
  );
}
