import { Card, CardBody, CardHeader } from '@backstage/ui';
import { FleetSummary } from '@res-edge/backstage-plugin-res-edge-common';
import { Status, Time, Tone, count, counted } from '../common';
import styles from '../common/common.module.css';

const STATES: Record<FleetSummary['delivery']['state'], [Tone, string]> = {
  never: ['neutral', 'Nothing delivered yet'],
  delivering: ['info', 'Delivering'],
  delivered: ['success', 'Delivered'],
  failed: ['danger', 'Failed'],
};

/** What the clusters are told to run, and since when. */
export function DeliveryCard(props: { summary: FleetSummary }) {
  const { clusters, delivery } = props.summary;
  const [tone, word] = STATES[delivery.state];
  return (
    <Card>
      <CardHeader>Delivery</CardHeader>
      <CardBody>
        <dl className={styles.facts}>
          <dt>State</dt>
          <dd>
            <Status tone={tone}>{word}</Status>
            {delivery.message && <div role="alert">{delivery.message}</div>}
          </dd>
          {delivery.deliveredAt && (
            <>
              <dt>Last</dt>
              <dd>
                <Time value={delivery.deliveredAt} />
              </dd>
            </>
          )}
          <dt>Clusters with a bill</dt>
          <dd>
            {count(delivery.clusters)} of {count(clusters.total)}, in{' '}
            {counted(delivery.shards, 'shard')}
          </dd>
          {delivery.mainCommit && (
            <>
              <dt>Commit of main</dt>
              <dd>
                <code>{delivery.mainCommit.slice(0, 12)}</code>
              </dd>
            </>
          )}
        </dl>
      </CardBody>
    </Card>
  );
}
