import { ConflictError } from '@backstage/errors';
import {
  ApprovalInbox,
  ChangeRequest,
} from '@res-edge/backstage-plugin-res-edge-common';
import { approvableOf } from '../../automation/ApprovableDecision';
import { ApprovalAnswer } from '../../automation/Approvals';
import { mergeEntry, verdictEntry } from '../../database';
import { approvableGuard } from './guardOperations';
import { noteDecision } from './noteDecision';
import { readTime } from './readTime';
import { toChangeRequest } from './toChangeRequest';
import {
  AreaOperations,
  OperationOptions,
  OperationRequest,
} from './Operations';
import { VisiblePlans } from './VisiblePlans';

type Caller = Pick<OperationRequest<'approveChangeRequest'>, 'access' | 'http'>;

/** What people say to decisions before they are merged. @internal */
export function approvalOperations(
  options: OperationOptions,
): AreaOperations<
  | 'listApprovals'
  | 'approveChangeRequest'
  | 'refuseChangeRequest'
  | 'breakGlass'
> {
  const { fleet, approvals, changeRequests } = options;

  const answer = async (
    { access, http }: Caller,
    { id, digest }: { id: string; digest: string },
    said: Omit<ApprovalAnswer, 'actor' | 'identities'>,
  ): Promise<ChangeRequest> => {
    const request = await VisiblePlans.of(options, access).getChangeRequest(id);
    if (request.state !== 'open')
      throw new ConflictError(`Change request '${id}' is ${request.state}`);
    if (request.digest !== digest)
      throw new ConflictError(
        `Change request '${id}' changed meanwhile: read it again, then say what you think of what it says now`,
      );
    const decision = approvableOf(request);
    await approvals.answer(decision, {
      ...{
        ...said,
        actor: access.actor,
        identities: await access.identities(),
      },
    });
    const { verdict, reason, from, until } = said;
    const entry = verdictEntry(
      request,
      verdict,
      {
        digest,
        ...(reason !== undefined && { reason }),
        ...(from && { from: from.toISOString() }),
        ...(until && { until: until.toISOString() }),
      },
      { actor: access.actor },
    );
    await noteDecision(options, { access, http }, entry);
    const [judged] = await approvals.judge([decision]);
    if (said.merge)
      fleet
        .requestRun(`approval of ${id}`, access.actor)
        .catch(error =>
          options.logger.error(`The run after an approval failed`, error),
        );
    return toChangeRequest(request, judged);
  };

  return {
    async listApprovals({ access }): Promise<ApprovalInbox> {
      const person = {
        actor: access.actor,
        identities: await access.identities(),
      };
      const visible = VisiblePlans.of(options, access);
      const items: ApprovalInbox['items'] = [];
      for (const request of await changeRequests.listOpen()) {
        if (!request.approvals || !visible.sees(request)) continue;
        const policies = await approvals.asked(approvableOf(request), person);
        const { id, title, digest, updatedAt: since } = request;
        if (policies.length > 0)
          items.push({
            ...{ kind: 'changeRequest', id, title, since, digest, policies },
          });
      }
      if (access.seesEverything) {
        for (const { id, scope, name, lost } of fleet.listGuards()) {
          const decision = approvableGuard(fleet, id);
          const policies = await approvals.asked(decision, person);
          const title = `${lost} clusters of ${scope} ${name} lose something`;
          if (policies.length > 0)
            items.push({ kind: 'guard', id, title, policies });
        }
      }
      return { items };
    },
    async approveChangeRequest({ path, body, access, http }) {
      const from = readTime('from', body.from);
      const until = readTime('until', body.until);
      const { reason, merge } = body;
      return answer(
        { access, http },
        { ...path, digest: body.digest },
        {
          ...{ verdict: 'approve', reason, from, until, merge },
        },
      );
    },
    async refuseChangeRequest({ path, body, access, http }) {
      const { digest, reason } = body;
      return answer(
        { access, http },
        { ...path, digest },
        { verdict: 'refuse', reason },
      );
    },
    async breakGlass({ path, body, access, http }) {
      await VisiblePlans.of(options, access).getChangeRequest(path.id);
      const { digest, reason } = body;
      const { actor } = access;
      const merged = await fleet.mergeChangeRequest(
        path.id,
        digest,
        actor,
        reason,
      );
      const entry = mergeEntry(merged, { actor }, reason);
      await noteDecision(options, { access, http }, entry);
      return merged;
    },
  };
}
