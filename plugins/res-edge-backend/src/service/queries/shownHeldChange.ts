import { HeldChange } from '@res-edge/backstage-plugin-res-edge-common';
import { WaitingChange } from '@res-edge/backstage-plugin-res-edge-engine';
import { VisibleFleet } from '../../permissions';

/** What a change waits for, as far as the caller may know. @internal */
export function shownHeldChange(
  fleet: VisibleFleet,
  application: string,
  cluster: number,
): HeldChange | undefined {
  const { holding } = fleet.view;
  if (!holding.clusters(application).has(cluster)) return undefined;
  return toHeldChange(fleet, holding.waiting(application, cluster));
}

function toHeldChange(
  fleet: VisibleFleet,
  waiting: WaitingChange | undefined,
): HeldChange | undefined {
  if (!waiting) return undefined;
  return {
    reasons: waiting.reasons.map(({ rule, reason, until }) => ({
      rule: fleet.reference(rule) ?? '',
      reason: fleet.text(reason),
      ...(until && { until: until.toISOString() }),
    })),
    ...(waiting.next && { next: waiting.next.toISOString() }),
  };
}
