import { ApprovalNeeds, StoredChangeRequest } from '../database';

/** Something that people approve: a decision, by what it is and what it says. @internal */
export interface ApprovableDecision {
  /** A reference and a digest: what is said counts for nothing else. */
  readonly decision: string;
  readonly needs: ApprovalNeeds;
  readonly title: string;
  /** The path of the portal's page about it. */
  readonly link: string;
}

/** A change request as something that people approve. @internal */
export function approvableOf({
  id,
  intent,
  title,
  digest,
  approvals = { policies: [], involved: [] },
}: StoredChangeRequest): ApprovableDecision {
  return {
    decision: `${intent} ${digest}`,
    needs: approvals,
    title,
    link: `/res-edge/change-requests/${encodeURIComponent(id)}`,
  };
}
