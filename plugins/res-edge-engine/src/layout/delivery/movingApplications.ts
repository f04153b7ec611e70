import { DeliveredCluster, MovingApplication } from '../../model';
import { minute } from '../format/minute';
import { PlacedApplication } from './FleetRevisions';
import { isRemoved, LEAVING_MILLISECONDS, ReadRemoval } from './isRemoved';

const NONE: readonly MovingApplication[] = [];

/**
 * The applications that are in another namespace than they shall be, or have just left it. Flux applies an application as
 * the account of its namespace; that of the new one could not take away what is in the old one. So it leaves first, and
 * arrives when the cluster reports that it is removed, or when its objects had time to go.
 *
 * @internal
 */
export function movingApplications(
  applications: readonly PlacedApplication[],
  delivered: DeliveredCluster | undefined,
  now: Date,
  removedAt: ReadRemoval | undefined,
): readonly MovingApplication[] {
  if (!delivered) return NONE;
  const { bill } = delivered;
  const wanted = new Map(
    applications.map(({ name, namespace }) => [name, namespace]),
  );
  const waiting = (bill.moving ?? NONE).filter(
    ({ name, from, arrivesAfter }) =>
      wanted.get(name) !== from &&
      now.getTime() < Date.parse(arrivesAfter) &&
      !isRemoved(name, arrivesAfter, removedAt),
  );
  const arrivesAfter = minute(now.getTime() + LEAVING_MILLISECONDS);
  const leaving = bill.applications.flatMap(({ name, namespace: from }) =>
    from !== undefined && wanted.has(name) && wanted.get(name) !== from
      ? [{ name, from, arrivesAfter }]
      : [],
  );
  if (waiting.length + leaving.length === 0) return NONE;
  return [...waiting, ...leaving];
}
