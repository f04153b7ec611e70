import { Link } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { ChangeEta, Rollout } from '@res-edge/backstage-plugin-res-edge-common';
import { rolloutRouteRef } from '../../routes';
import { Time } from '../common';
import { notYetReason, StagedPlacement } from './notYetReason';
import { rolloutTitle } from './rolloutSubject';
import styles from './rollouts.module.css';

/** About when it comes, and when the ring of the cluster begins; or why no time is known. */
function Expected(props: { eta: ChangeEta }) {
  const { at, reason, ringStartsAt } = props.eta;
  return (
    <span className={styles.word}>
      {ringStartsAt && (
        <>
          {' '}
          Its ring is expected to begin <Time value={ringStartsAt} />.
        </>
      )}
      {at && (
        <>
          {' '}
          It is expected here about <Time value={at} />.
        </>
      )}
      {reason && ` No time is known: ${reason}.`}
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
  return (
    <span>
      <Link href={rolloutRoute({ id: rollout.id })} standalone>
        {rolloutTitle(rollout)}
      </Link>
      {`: ${why}.`}
      {placement.eta && <Expected eta={placement.eta} />}
    </span>
  );
}
