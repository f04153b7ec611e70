import { Card, CardBody, CardHeader, Text } from '@backstage/ui';
import { useResource } from '../../hooks';
import { ClusterTable } from '../Clusters/ClusterTable';
import { EdgeLink, Loaded, Section, ValuesTable, count } from '../common';
import { GroupPath } from './GroupPath';
import styles from './hierarchies.module.css';

/** The chosen group: where it is, which clusters are in it or below, which values they inherit. */
export function GroupPanel(props: { name: string }) {
  const { name } = props;
  const resource = useResource(`group/${name}`, api => api.getGroup({ name }));
  return (
    <Card>
      <CardHeader>
        <EdgeLink
          kind="EdgeGroup"
          name={name}
          title={resource.value?.group.title}
        />
      </CardHeader>
      <CardBody>
        <Loaded resource={resource}>
          {({ group, path, direct, values }) => (
            <div className={styles.parts}>
              <div>
                <GroupPath path={path} name={name} />
                <Text variant="body-small" color="secondary">
                  {count(group.clusters)} clusters, {count(direct)} of them
                  directly in it
                </Text>
              </div>
              <ClusterTable key={name} group={name} compact />
              <Section title="Values that its clusters inherit">
                <ValuesTable values={values} />
              </Section>
            </div>
          )}
        </Loaded>
      </CardBody>
    </Card>
  );
}
