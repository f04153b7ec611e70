import { PlanSummary } from '@res-edge/backstage-plugin-res-edge-common';
import { Text } from '@backstage/ui';
import { count, counted } from '../common';
import styles from './changes.module.css';

type Totals = PlanSummary['totals'];

/** How a kind of change is written and coloured, everywhere. */
export const CHANGE_KINDS = [
  { key: 'won', sign: '+', word: 'won', tone: 'success' },
  { key: 'lost', sign: '−', word: 'lost', tone: 'danger' },
  { key: 'changed', sign: '~', word: 'changed', tone: 'info' },
  { key: 'refused', sign: '!', word: 'refused', tone: 'warning' },
] as const;

/** What a plan changes, in one line: `+12 won  −3 lost  15 bills`. */
export function TotalsOfChange(props: { totals: Totals }) {
  const { totals } = props;
  const shown = CHANGE_KINDS.filter(({ key }) => totals[key] > 0);
  return (
    <span className={styles.totals}>
      {shown.map(({ key, sign, word, tone }) => (
        <span key={key} className={styles.total} data-tone={tone}>
          {sign}
          {count(totals[key])} {word}
        </span>
      ))}
      <Text as="span" variant="body-small" color="secondary">
        {shown.length === 0 && totals.bills === 0
          ? 'no placement changes'
          : counted(totals.bills, 'bill')}
      </Text>
    </span>
  );
}
