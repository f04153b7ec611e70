import { EdgeApplicationEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { edgeReference } from '../snapshot';
import { HoldReason } from './HoldReason';
import { HoldSchedule } from './HoldSchedule';
import { FollowingHold } from './solveCluster';

/** What holds back the changes of one application on one cluster. @public */
export interface WaitingChange {
  /** One at least. */
  readonly reasons: readonly HoldReason[];
  /** When it may come, as far as windows, freezes and overrides of now say; undefined where no time is known. */
  readonly next?: Date;
}

/**
 * Why changes of an application wait on a cluster; undefined where they do not.
 *
 * @param holding - the schedule, and what waits behind other changes (as {@link keepFeasible} found it)
 * @public
 */
export function waitingChange(
  holding: {
    readonly schedule: HoldSchedule;
    readonly following: readonly FollowingHold[];
    /** The clock. */
    readonly now: Date;
  },
  application: EdgeApplicationEntity,
  cluster: number,
): WaitingChange | undefined {
  const { schedule, following, now } = holding;
  const subject = { application };
  const { name } = application.metadata;
  const reasons: HoldReason[] = [
    ...schedule.reasons(subject, cluster, now),
    ...following
      .filter(hold => hold.application === name && hold.clusters.has(cluster))
      .map(({ behind, reason }) => ({
        rule: edgeReference('EdgeApplication', behind),
        reason: `It ${reason}`,
      })),
  ];
  if (reasons.length === 0) return undefined;
  const next = schedule.nextChange(subject, cluster, now);
  // When the other change comes, its own reasons say.
  return following.some(
    hold => hold.application === name && hold.clusters.has(cluster),
  )
    ? { reasons }
    : { reasons, next };
}
