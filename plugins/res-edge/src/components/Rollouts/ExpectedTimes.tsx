import { RolloutEta } from '@res-edge/backstage-plugin-res-edge-common';
import { Time } from '../common';
import styles from './rollouts.module.css';

/** When a rollout or a ring is expected to begin and to be done, or why no time is known; nothing where neither is told. */
export function ExpectedTimes(props: { eta: RolloutEta | undefined }) {
  const { endsAt, reason, startsAt } = props.eta ?? {};
  if (startsAt === undefined && endsAt === undefined)
    return reason === undefined ? null : (
      <span className={styles.word}>No time is known: {reason}</span>
    );
  return (
    <span>
      Expected{' '}
      {startsAt && (
        <>
          to begin <Time value={startsAt} />
        </>
      )}
      {startsAt && endsAt && ', '}
      {endsAt && (
        <>
          to be done <Time value={endsAt} />
        </>
      )}
      {reason && <span className={styles.word}>; {reason}</span>}
    </span>
  );
}
