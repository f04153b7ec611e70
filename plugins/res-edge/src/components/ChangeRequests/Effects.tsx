import { Badge, Card, CardBody, Text } from '@backstage/ui';
import {
  ClusterSet,
  PlanEffect,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  EdgeLink,
  EmptyState,
  GroupCounts,
  NameList,
  counted,
} from '../common';
import { CHANGE_KINDS } from './TotalsOfChange';
import styles from './changes.module.css';

const SENTENCES = {
  won: 'will run it',
  lost: 'will no longer run it',
  changed: 'will run something else of it',
  refused: 'should run it, and cannot',
};

function ChangedSet(props: {
  kind: (typeof CHANGE_KINDS)[number];
  set: ClusterSet;
}) {
  const { kind, set } = props;
  return (
    <div className={styles.set}>
      <div>
        <span className={styles.total} data-tone={kind.tone}>
          {kind.sign}
          {set.count} {kind.word}
        </span>{' '}
        <Text variant="body-small" color="secondary">
          {counted(set.count, 'cluster')} {SENTENCES[kind.key]}
        </Text>
      </div>
      <GroupCounts counts={set.byGroup} />
      <NameList kind="EdgeCluster" names={set.sample} total={set.count} />
    </div>
  );
}

/** What a plan changes for whom: by application or namespace, then by group, with samples. */
export function Effects(props: { effects: readonly PlanEffect[] }) {
  if (props.effects.length === 0) {
    return (
      <EmptyState title="No cluster runs anything else">
        Only what is decided changes, not where it runs.
      </EmptyState>
    );
  }
  return (
    <div className={styles.effects}>
      {props.effects.map(effect => (
        <Card key={`${effect.kind}/${effect.name}`}>
          <CardBody>
            <div className={styles.effectTitle}>
              <Text as="h3" variant="body-large" weight="bold">
                <EdgeLink
                  kind={
                    effect.kind === 'application'
                      ? 'EdgeApplication'
                      : 'EdgeNamespace'
                  }
                  name={effect.name}
                />
              </Text>
              <Badge>{effect.kind}</Badge>
              <VersionChange version={effect.version} />
            </div>
            <div className={styles.sets}>
              {CHANGE_KINDS.filter(({ key }) => effect[key].count > 0).map(
                kind => (
                  <ChangedSet
                    key={kind.key}
                    kind={kind}
                    set={effect[kind.key]}
                  />
                ),
              )}
            </div>
          </CardBody>
        </Card>
      ))}
    </div>
  );
}

function VersionChange(props: { version: PlanEffect['version'] }) {
  const { from, to } = props.version ?? {};
  if (from === to) {
    return to === undefined ? null : <Text color="secondary">{to}</Text>;
  }
  return (
    <Text>
      {from ?? 'not deployed'} → {to ?? 'taken away'}
    </Text>
  );
}
