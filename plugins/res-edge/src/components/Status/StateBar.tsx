import { StateCounts } from '@res-edge/backstage-plugin-res-edge-common';
import { Text } from '@backstage/ui';
import { Bar } from '../common';
import { countsInWords, STATE_NAMES, STATES, totalOf } from './states';
import styles from './status.module.css';

/** How many clusters are in each state, as a bar and in words. */
export function StateBar(props: { counts: StateCounts }) {
  const { counts } = props;
  const total = totalOf(counts);
  if (total === 0) {
    return (
      <Text variant="body-small" color="secondary">
        delivered nowhere
      </Text>
    );
  }
  const words = countsInWords(counts);
  return (
    <div className={styles.states}>
      <Bar
        total={total}
        label={words}
        // What nothing is known of stays empty.
        parts={STATE_NAMES.map(state => ({
          value: counts[state],
          tone: STATES[state][0],
        })).filter(({ tone }) => tone !== 'neutral')}
      />
      <span className={styles.words} aria-hidden>
        {words}
      </span>
    </div>
  );
}
