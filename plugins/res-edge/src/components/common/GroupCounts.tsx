import { Text } from '@backstage/ui';
import { GroupCount } from '@res-edge/backstage-plugin-res-edge-common';
import { Bar } from './Bar';
import { count } from './count';
import { EdgeLink } from './EdgeLink';
import styles from './common.module.css';

/** Counts of clusters by group, each beside the group's size where that is known, hierarchy by hierarchy. */
export function GroupCounts(props: { counts: readonly GroupCount[] }) {
  const { counts } = props;
  if (counts.length === 0) {
    return (
      <Text variant="body-small" color="secondary">
        In no group of a hierarchy.
      </Text>
    );
  }
  const largest = Math.max(...counts.map(each => each.count));
  return (
    <div className={styles.counts} role="list" aria-label="Clusters by group">
      {counts.map(({ group, title, count: value, total, hierarchy }, index) => (
        <div key={group} className={styles.countsRow} role="listitem">
          {hierarchy !== counts[index - 1]?.hierarchy && (
            <span className={styles.countsHierarchy}>{hierarchy}</span>
          )}
          <span className={styles.countsName}>
            <EdgeLink kind="EdgeGroup" name={group} title={title} />
          </span>
          <Bar
            total={total ?? largest}
            parts={[{ value, tone: 'info' }]}
            label={
              total === undefined
                ? `${count(value)}`
                : `${count(value)} of ${count(total)}`
            }
          />
          <span className={styles.number}>
            {count(value)}
            {total !== undefined && (
              <Text variant="body-small" color="secondary">
                {' '}
                / {count(total)}
              </Text>
            )}
          </span>
        </div>
      ))}
    </div>
  );
}
