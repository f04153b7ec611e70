import { Card, CardBody, CardHeader } from '@backstage/ui';
import { FleetStatusSummary } from '@res-edge/backstage-plugin-res-edge-common';
import { useResource } from '../../hooks';
import { count, EdgeLink, Loaded, Status } from '../common';
import common from '../common/common.module.css';
import { StateBar } from './StateBar';
import { FRESHNESS, totalOf } from './states';
import styles from './status.module.css';

/** More would be a list of its own. */
const MAX_APPLICATIONS = 6;

/** The applications that are least as they are wanted. */
function worst(applications: FleetStatusSummary['applications']) {
  const drift = ({ counts }: FleetStatusSummary['applications'][number]) =>
    counts.failed + counts.behind;
  return applications
    .filter(each => totalOf(each.counts) > each.counts.current)
    .sort((one, other) => drift(other) - drift(one))
    .slice(0, MAX_APPLICATIONS);
}

/** How many clusters are heard of, and which applications are not everywhere as they are wanted. */
export function FleetStatusCard() {
  const resource = useResource('fleet-status', api => api.getFleetStatus());
  return (
    <Card>
      <CardHeader>Reported</CardHeader>
      <CardBody>
        <Loaded resource={resource}>
          {({ applications, clusters }) => (
            <>
              <dl className={common.facts}>
                {Object.entries(FRESHNESS).map(([name, [tone, word]]) => (
                  <div key={name} style={{ display: 'contents' }}>
                    <dt>
                      <Status tone={tone}>{word}</Status>
                    </dt>
                    <dd>{count(clusters[name as keyof typeof clusters])}</dd>
                  </div>
                ))}
              </dl>
              <div className={styles.groups}>
                {worst(applications).map(({ application, counts }) => (
                  <div key={application} style={{ display: 'contents' }}>
                    <EdgeLink kind="EdgeApplication" name={application} />
                    <StateBar counts={counts} />
                  </div>
                ))}
              </div>
            </>
          )}
        </Loaded>
      </CardBody>
    </Card>
  );
}
