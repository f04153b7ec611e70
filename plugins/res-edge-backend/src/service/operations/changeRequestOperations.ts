import { ChangeRequestDetails } from '@res-edge/backstage-plugin-res-edge-common';
import { PlanStore, StoredChangeRequest } from '../../database';
import { pageRequest } from './pageRequest';
import { toChangeRequest } from './toChangeRequest';
import { OperationContext } from './OperationContext';
import { AreaOperations } from './Operations';

/** What is proposed to main. @internal */
export function changeRequestOperations({
  plans,
  changeRequests,
  fleet,
}: OperationContext): AreaOperations<
  'listChangeRequests' | 'getChangeRequest' | 'mergeChangeRequest'
> {
  return {
    async listChangeRequests({ query }) {
      const page = await changeRequests.list({
        ...pageRequest(query),
        state: query.state,
      });
      return { ...page, items: page.items.map(toChangeRequest) };
    },
    async getChangeRequest({ path }) {
      const stored = await changeRequests.get(path.id);
      return {
        ...toChangeRequest(stored),
        description: stored.description,
        plan: await planOf(plans, stored),
        files: await fleet.changeRequestFiles(path.id),
      };
    },
    async mergeChangeRequest({ path, body, actor }) {
      return fleet.mergeChangeRequest(path.id, body.digest, actor);
    },
  };
}

/** What it changes; after the retention time only the totals are left. */
async function planOf(
  plans: PlanStore,
  { id, planId = '', createdAt, intent, totals }: StoredChangeRequest,
): Promise<ChangeRequestDetails['plan']> {
  try {
    const { inventoryRevision, ...plan } = await plans.get(planId);
    return plan;
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFoundError') {
      return {
        id: planId,
        createdAt,
        cause: intent,
        changeRequest: id,
        totals,
        effects: [],
        problems: [],
      };
    }
    throw error;
  }
}
