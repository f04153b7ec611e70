import { summarizeFleet } from '../queries';
import { OperationContext } from './OperationContext';
import { AreaOperations } from './Operations';

/** The fleet in numbers. @internal */
export function fleetOperations({
  view,
  fleet,
  plans,
  changeRequests,
}: OperationContext): AreaOperations<'getFleet'> {
  return {
    async getFleet() {
      const latest = view();
      const { total } = await changeRequests.list({ state: 'open', limit: 1 });
      return summarizeFleet(latest, {
        plan: latest.planId ? await plans.getSummary(latest.planId) : undefined,
        openChangeRequests: total,
        delivery: fleet.deliveryStatus(),
      });
    },
  };
}
