import { ApplicationReach } from '@res-edge/backstage-plugin-res-edge-common';
import { Text } from '@backstage/ui';
import { Bar, count } from '../common';
import styles from './applications.module.css';

/** How far an application reaches, in one bar: delivered, placed and not yet delivered, refused, of all its targets. */
export function ReachBar(props: { reach: ApplicationReach }) {
  const { delivered, held, placed, refused, targets } = props.reach;
  if (targets === 0) {
    return (
      <Text variant="body-small" color="secondary">
        no targets
      </Text>
    );
  }
  const waiting = Math.max(placed - delivered, 0);
  const words = [
    `${count(placed)} of ${count(targets)} placed`,
    ...(delivered === placed ? [] : [`${count(delivered)} delivered`]),
    ...(held > 0 ? [`${count(held)} waiting`] : []),
    ...(refused > 0 ? [`${count(refused)} refused`] : []),
  ].join(', ');
  return (
    <div className={styles.reach}>
      <Bar
        total={Math.max(targets, delivered)}
        label={words}
        parts={[
          { value: Math.min(delivered, placed), tone: 'success' },
          { value: waiting, tone: 'info' },
          { value: refused, tone: 'danger' },
        ]}
      />
      <span className={styles.words} aria-hidden>
        {words}
      </span>
    </div>
  );
}
