import { NotFoundError } from '@backstage/errors';
import { ChangeRequestDetails } from '@res-edge/backstage-plugin-res-edge-common';
import { mergeEntry, StoredChangeRequest } from '../../database';
import { approvableOf } from '../../automation/ApprovableDecision';
import { checkAcceptance } from './checkAcceptance';
import { checkUpdate } from './checkUpdate';
import { noteDecision } from './noteDecision';
import { pageRequest } from './pageRequest';
import { toChangeRequest } from './toChangeRequest';
import { AreaOperations, OperationOptions } from './Operations';
import { VisiblePlans } from './VisiblePlans';

/** What is proposed to main. @internal */
export function changeRequestOperations(
  options: OperationOptions,
): AreaOperations<
  'listChangeRequests' | 'getChangeRequest' | 'mergeChangeRequest'
> {
  const { fleet, approvals } = options;
  const withApprovals = async (requests: readonly StoredChangeRequest[]) => {
    const judged = await approvals.judge(requests.map(approvableOf));
    return requests.map((request, index) =>
      toChangeRequest(request, request.state === 'open' ? judged[index] : []),
    );
  };
  return {
    async listChangeRequests({ query, access }) {
      const page = await VisiblePlans.of(options, access).listChangeRequests({
        ...pageRequest(query),
        state: query.state,
      });
      return { ...page, items: await withApprovals(page.items) };
    },
    async getChangeRequest({ path, access }) {
      const visible = VisiblePlans.of(options, access);
      const stored = await visible.getChangeRequest(path.id);
      return {
        ...(await withApprovals([stored]))[0],
        description: stored.description,
        plan: await planOf(visible, stored),
        files: await fleet.changeRequestFiles(path.id),
      };
    },
    async mergeChangeRequest({ path, body, access, http }) {
      const { intent, totals } = await VisiblePlans.of(
        options,
        access,
      ).getChangeRequest(path.id);
      await checkUpdate(access, intent);
      await checkAcceptance(access, intent);
      const merged = await fleet.mergeChangeRequest(
        path.id,
        body.digest,
        access.actor,
      );
      const entry = mergeEntry(merged, { actor: access.actor });
      await noteDecision(options, { access, http }, entry);
      return { ...merged, totals };
    },
  };
}

/** What it changes; after the retention time only the totals are left. */
async function planOf(
  visible: VisiblePlans,
  { id, planId = '', createdAt, intent, totals }: StoredChangeRequest,
): Promise<ChangeRequestDetails['plan']> {
  try {
    return await visible.getPlan(planId);
  } catch (error) {
    if (error instanceof NotFoundError) {
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
