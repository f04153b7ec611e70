import { Fragment } from 'react';
import { ClusterPlacements } from '@res-edge/backstage-plugin-res-edge-common';
import { Text } from '@backstage/ui';
import { Bar } from '../common';
import { approximateQuantity } from './quantity';
import styles from './entity.module.css';

/** How much of a cluster's capacity its applications request. */
export function Usage(props: { usage: ClusterPlacements['usage'] }) {
  const { usage = [] } = props;
  if (usage.length === 0) {
    return (
      <Text variant="body-small" color="secondary">
        Nothing is requested, and no capacity is declared.
      </Text>
    );
  }
  return (
    <dl className={styles.usage}>
      {usage.map(({ resource, requested, capacity }) => {
        const used = approximateQuantity(requested);
        const all = capacity ? approximateQuantity(capacity) : undefined;
        const words = `${requested} of ${capacity ?? 'unlimited'}`;
        return (
          <Fragment key={resource}>
            <dt>{resource}</dt>
            <dd>
              {used !== undefined && all !== undefined && (
                <Bar
                  total={all}
                  label={words}
                  parts={[
                    {
                      value: Math.min(used, all),
                      tone: used > 0.9 * all ? 'warning' : 'info',
                    },
                  ]}
                />
              )}
            </dd>
            <dd>{words}</dd>
          </Fragment>
        );
      })}
    </dl>
  );
}
