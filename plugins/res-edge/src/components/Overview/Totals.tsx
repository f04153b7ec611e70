import { ReactNode } from 'react';
import { Card, CardBody, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { FleetSummary } from '@res-edge/backstage-plugin-res-edge-common';
import { rootRouteRef } from '../../routes';
import { count } from '../common';
import styles from './Totals.module.css';

function Total(props: {
  label: string;
  value: number;
  note?: ReactNode;
  href?: string;
}) {
  const { label, value, note, href } = props;
  const body = (
    <CardBody>
      <Text as="div" variant="body-small" color="secondary">
        {label}
      </Text>
      <Text as="div" variant="title-small" className={styles.value}>
        {count(value)}
      </Text>
      {note && (
        <Text as="div" variant="body-x-small" color="secondary">
          {note}
        </Text>
      )}
    </CardBody>
  );
  return href ? (
    <Card href={href} label={`${label}: ${count(value)}`}>
      {body}
    </Card>
  ) : (
    <Card>{body}</Card>
  );
}

/** How many of each kind there are; each leads to its list. */
export function Totals(props: { summary: FleetSummary }) {
  const { summary } = props;
  const root = useRouteRef(rootRouteRef)();
  const notActive = Object.entries(summary.clusters.byState)
    .filter(([state, value]) => state !== 'active' && value > 0)
    .map(([state, value]) => `${count(value)} ${state}`)
    .join(', ');
  const { held, refused } = summary.placements;
  const notPlaced = [
    ...(refused > 0 ? [`${count(refused)} refused`] : []),
    ...(held > 0 ? [`${count(held)} changes waiting`] : []),
  ].join(', ');
  return (
    <div className={styles.totals}>
      <Total
        label="Clusters"
        value={summary.clusters.total}
        note={notActive || undefined}
        href={`${root}/clusters`}
      />
      <Total
        label="Groups"
        value={summary.groups}
        href={`${root}/hierarchies`}
      />
      <Total label="Namespaces" value={summary.namespaces} />
      <Total
        label="Applications"
        value={summary.applications}
        href={`${root}/applications`}
      />
      <Total
        label="Placements"
        value={summary.placements.placed}
        note={notPlaced || undefined}
        href={`${root}/applications`}
      />
      <Total label="Policies" value={summary.policies} />
    </div>
  );
}
