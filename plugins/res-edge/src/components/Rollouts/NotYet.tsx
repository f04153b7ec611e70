import { Link } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { Rollout } from '@res-edge/backstage-plugin-res-edge-common';
import { rolloutRouteRef } from '../../routes';
import { Time } from '../common';
import { notYetReason, StagedPlacement } from './notYetReason';
import { rolloutTitle } from './rolloutSubject';
import { useExpectedRings } from './useExpectedRings';
import styles from './rollouts.module.css';

/** When a ring that waits is expected to begin; nothing where that cannot be foreseen. */
function Expected(props: { rollout: Rollout; ring: string }) {
  const begins = useExpectedRings(props.rollout).get(props.ring)?.startsAt;
  if (begins === undefined) return null;
  return (
    <span className={styles.word}>
      {' '}
      The ring is expected to begin <Time value={begins} />.
    </span>
  );
}

/** A sentence that says why a rollout's release is not on a cluster yet, with a link to the rollout; nothing where it is. */
export function NotYet(props: {
  placement: StagedPlacement;
  rollout: Rollout;
}) {
  const { placement, rollout } = props;
  const rolloutRoute = useRouteRef(rolloutRouteRef);
  const why = notYetReason(placement, rollout);
  if (why === undefined) return null;
  const ring = rollout.rings.find(({ name }) => name === placement.ring);
  return (
    <span>
      <Link href={rolloutRoute({ id: rollout.id })} standalone>
        {rolloutTitle(rollout)}
      </Link>
      {`: ${why}.`}
      {ring?.phase === 'waiting' && (
        <Expected rollout={rollout} ring={ring.name} />
      )}
    </span>
  );
}
