import { useState } from 'react';
import { Text } from '@backstage/ui';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  ClusterPlacement,
  ClusterPlacements,
  PlacementState,
} from '@res-edge/backstage-plugin-res-edge-common';
import { useResource } from '../../hooks';
import {
  EmptyState,
  Loaded,
  NameList,
  Section,
  ValuesTable,
  counted,
} from '../common';
import {
  NotYetSection,
  notYetReason,
  stagedPlacement,
  useNewestRollouts,
} from '../Rollouts';
import { ClusterStatusSection } from '../Status';
import { EntityAuditLink } from '../Audit/EntityAuditLink';
import { ExplanationDialog } from '../Explanation/ExplanationDialog';
import { BootstrapDetails } from './BootstrapDetails';
import { HeldTable } from './HeldTable';
import { PlacementTable } from './PlacementTable';
import { Usage } from './Usage';
import common from '../common/common.module.css';
import styles from './entity.module.css';

function Placements(props: {
  applications: ClusterPlacements['applications'];
  onExplain: (application: string) => void;
}) {
  const { applications, onExplain } = props;
  const inState = (state: PlacementState) =>
    applications.filter(each => each.state === state);
  const [placed, refused, others] = [
    inState('placed'),
    inState('refused'),
    inState('not-targeted'),
  ];
  const rollouts = useNewestRollouts();
  const isStaged = (placement: ClusterPlacement) => {
    const rollout = rollouts.get(placement.application);
    return rollout && notYetReason(stagedPlacement(placement), rollout);
  };
  const held = applications.filter(each => each.held && !isStaged(each));
  return (
    <>
      <NotYetSection placements={applications} rollouts={rollouts} />
      {held.length > 0 && (
        <Section
          title="Waits"
          note={`${counted(
            held.length,
            'change',
          )} decided and not delivered yet`}
        >
          <HeldTable placements={held} onExplain={onExplain} />
        </Section>
      )}
      <Section title="Runs here" note={counted(placed.length, 'application')}>
        {placed.length === 0 ? (
          <EmptyState title="Nothing runs here">
            No namespace that selects this cluster brings an application to it.
          </EmptyState>
        ) : (
          <PlacementTable
            state="placed"
            placements={placed}
            onExplain={onExplain}
          />
        )}
      </Section>
      {refused.length > 0 && (
        <Section
          title="Refused"
          note={`${counted(
            refused.length,
            'application',
          )} should run here and cannot`}
        >
          <PlacementTable
            state="refused"
            placements={refused}
            onExplain={onExplain}
          />
        </Section>
      )}
      {others.length > 0 && (
        <details className={styles.more}>
          <summary>
            <Text variant="title-x-small">
              Not meant for this cluster:{' '}
              {counted(others.length, 'application')}
            </Text>
          </summary>
          <PlacementTable
            state="not-targeted"
            placements={others}
            onExplain={onExplain}
          />
        </details>
      )}
    </>
  );
}

/** What runs on the cluster of this page and why, what does not and why not; its capacity, values and groups. */
export function ClusterContent() {
  const { name } = useEntity().entity.metadata;
  const resource = useResource(`cluster/${name}`, api =>
    api.getClusterPlacements({ name }),
  );
  const [application, setApplication] = useState<string>();
  return (
    <Loaded resource={resource}>
      {({ applications, groups, namespaces, shard, usage, values }) => (
        <div className={styles.layout}>
          <Placements applications={applications} onExplain={setApplication} />
          <ClusterStatusSection cluster={name} />
          <div className={styles.columns}>
            <Section title="Capacity" note="requested of declared">
              <Usage usage={usage} />
            </Section>
            <Section title="Belongs to">
              <dl className={common.facts}>
                <dt>Groups</dt>
                <dd>
                  <NameList kind="EdgeGroup" names={groups} />
                </dd>
                <dt>Namespaces</dt>
                <dd>
                  <NameList
                    kind="EdgeNamespace"
                    names={namespaces.map(each => each.name)}
                  />
                </dd>
                {shard && (
                  <>
                    <dt>Shard</dt>
                    <dd>{shard}</dd>
                  </>
                )}
              </dl>
            </Section>
          </div>
          <Section title="Values" note="with the origin of each">
            <ValuesTable values={values} />
          </Section>
          <BootstrapDetails cluster={name} />
          <ExplanationDialog
            asked={application ? { application, cluster: name } : undefined}
            onClose={() => setApplication(undefined)}
          />
          <EntityAuditLink kind="EdgeCluster" name={name} />
        </div>
      )}
    </Loaded>
  );
}
