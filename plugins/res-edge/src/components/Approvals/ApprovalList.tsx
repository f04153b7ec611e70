import { Text } from '@backstage/ui';
import { Approval } from '@res-edge/backstage-plugin-res-edge-common';
import { EdgeLink, Status, Tone, Time } from '../common';
import styles from './approvals.module.css';

const STATES: Record<Approval['state'], { label: string; tone: Tone }> = {
  waiting: { label: 'Waits', tone: 'warning' },
  early: { label: 'Given in advance', tone: 'info' },
  given: { label: 'Given', tone: 'success' },
  refused: { label: 'Refused', tone: 'danger' },
};

type Word = Approval['steps'][number]['given'][number];

function Said(props: { word: Word }) {
  const { actor, at, from, until, reason } = props.word;
  return (
    <>
      {actor} <Time value={at} />
      {from && (
        <>
          , counts from <Time value={from} />
        </>
      )}
      {until && (
        <>
          {' '}
          until <Time value={until} />
        </>
      )}
      {reason && <>: {reason}</>}
    </>
  );
}

/** The approvals of one decision: whom each asks, how many of them agreed, and who said no. */
export function ApprovalList(props: { approvals: readonly Approval[] }) {
  return (
    <div className={styles.approvals}>
      {props.approvals.map(({ policy, state, steps, refusal }) => (
        <div key={policy} className={styles.approval}>
          <Text as="h4" variant="body-medium" weight="bold">
            <EdgeLink kind="EdgePolicy" name={policy} />{' '}
            <Status tone={STATES[state].tone}>{STATES[state].label}</Status>
          </Text>
          <ol className={styles.steps}>
            {steps.map(({ from, count, given }, step) => (
              <li key={step}>
                {given.length} of {count} from {from.join(', ')}
                {given.map(word => (
                  <div key={word.actor}>
                    <Said word={word} />
                  </div>
                ))}
              </li>
            ))}
          </ol>
          {refusal && (
            <Text as="p" variant="body-small" color="danger">
              <Said word={refusal} />
            </Text>
          )}
        </div>
      ))}
    </div>
  );
}
