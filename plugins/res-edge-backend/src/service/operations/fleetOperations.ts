import {
  resEdgeChangeRequestReadPermission,
  resEdgePlanReadPermission,
} from '@res-edge/backstage-plugin-res-edge-common';
import { summarizeFleet } from '../queries';
import { AreaOperations, OperationOptions } from './Operations';
import { VisiblePlans } from './VisiblePlans';

/** The fleet in numbers. @internal */
export function fleetOperations(
  options: OperationOptions,
): AreaOperations<'getFleet'> {
  return {
    async getFleet({ access }) {
      const visible = VisiblePlans.of(options, access);
      const fleet = access.fleet();
      const { planId } = fleet.view;
      return summarizeFleet(fleet, {
        plan:
          planId && access.allows(resEdgePlanReadPermission.name)
            ? await visible.findSummary(planId)
            : undefined,
        openChangeRequests: access.allows(
          resEdgeChangeRequestReadPermission.name,
        )
          ? (await visible.openIntents()).size
          : 0,
        delivery: options.fleet.deliveryStatus(),
      });
    },
  };
}
