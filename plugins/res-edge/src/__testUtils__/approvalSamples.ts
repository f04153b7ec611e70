import { NotFoundError } from '@backstage/errors';
import {
  Approval,
  ChangeRequestDetails,
  ResEdgeApi,
} from '@res-edge/backstage-plugin-res-edge-common';

type ApprovalWord = Approval['steps'][number]['given'][number];

/** What people say to these change requests. */
export function approvalSamples(
  requests: readonly ChangeRequestDetails[],
): Pick<
  ResEdgeApi,
  | 'listApprovals'
  | 'approveChangeRequest'
  | 'refuseChangeRequest'
  | 'breakGlass'
> {
  const find = (id: string) => {
    const request = requests.find(each => each.id === id);
    if (!request) throw new NotFoundError(`Nothing has the id ${id}.`);
    return request;
  };
  const say = (
    { id, reason }: { id: string; reason?: string },
    note: (approval: Approval, word: ApprovalWord) => void,
  ) => {
    const request = find(id);
    const at = '2026-11-20T12:00:00Z';
    for (const approval of request.approvals ?? [])
      note(approval, { actor: 'user:default/guest', at, reason });
    return request;
  };
  return {
    async listApprovals() {
      return {
        items: requests
          .filter(({ state, approvals }) => state === 'open' && approvals)
          .map(({ id, title, updatedAt: since }) => ({
            ...{ kind: 'changeRequest' as const, id, title, since },
            policies: ['two-of-operations'],
          })),
      };
    },
    async approveChangeRequest(said) {
      return say(said, ({ steps }, word) => steps[0].given.push(word));
    },
    async refuseChangeRequest(said) {
      return say(said, (approval, word) => {
        approval.refusal = word;
        approval.state = 'refused';
      });
    },
    async breakGlass({ id }) {
      const request = find(id);
      request.state = 'merged';
      return request;
    },
  };
}
