import { Approvals } from '../automation';
import { ApprovalStore } from '../database';

/** Approvals of people who wrote nothing; where no store is given, nobody said anything. @internal */
export function createTestApprovals(
  store: ApprovalStore = { add: async () => {}, list: async () => new Map() },
): Approvals {
  return Approvals.create({
    store,
    audit: { list: async () => ({ items: [] }) },
    changeRequests: { lastMerged: async () => undefined },
  });
}
