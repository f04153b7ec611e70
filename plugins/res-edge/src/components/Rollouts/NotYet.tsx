import { Link } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { Rollout } from '@res-edge/backstage-plugin-res-edge-common';
import { rolloutRouteRef } from '../../routes';
import { notYetReason, StagedPlacement } from './notYetReason';

/** A sentence that says why a rollout's release is not on a cluster yet, with a link to the rollout; nothing where it is. */
export function NotYet(props: {
  placement: StagedPlacement;
  rollout: Rollout;
}) {
  const { placement, rollout } = props;
  const rolloutRoute = useRouteRef(rolloutRouteRef);
  const why = notYetReason(placement, rollout);
  if (why === undefined) return null;
  const { application, id, version } = rollout;
  return (
    <span>
      <Link href={rolloutRoute({ id })} standalone>
        {`${application} ${version}`}
      </Link>
      {`: ${why}.`}
    </span>
  );
}
