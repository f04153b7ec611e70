import { Link } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { Rollout } from '@res-edge/backstage-plugin-res-edge-common';
import { rolloutRouteRef } from '../../routes';
import { Time } from '../common';
import { notYetReason, StagedPlacement } from './notYetReason';
import { rolloutTitle } from './rolloutSubject';
import styles from './rollouts.module.css';

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
      {ring?.eta?.startsAt && (
        <span className={styles.word}>
          {' '}
          The ring is expected to begin <Time value={ring.eta.startsAt} />.
        </span>
      )}
    </span>
  );
}
