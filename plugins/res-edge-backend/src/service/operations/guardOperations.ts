import { NotAllowedError } from '@backstage/errors';
import { GuardList } from '@res-edge/backstage-plugin-res-edge-common';
import { guardApprovals } from '@res-edge/backstage-plugin-res-edge-engine';
import { ApprovableDecision } from '../../automation/ApprovableDecision';
import { Access } from '../../permissions';
import { Fleet } from '../FleetView';
import { AreaOperations, OperationOptions } from './Operations';

/** Losses that wait for a person; they are about the fleet as a whole, so that only who sees all of it sees them. @internal */
export function guardOperations({
  fleet,
  approvals,
}: OperationOptions): AreaOperations<'listGuards' | 'signOffGuard'> {
  const list = async (access: Access): Promise<GuardList> => {
    const guards = access.seesEverything ? fleet.listGuards() : [];
    const judged = await approvals.judge(
      guards.map(({ id }) => approvableGuard(fleet, id)),
    );
    return {
      items: guards.map((guard, index) => ({
        ...guard,
        ...(judged[index].length > 0 && { approvals: judged[index] }),
      })),
    };
  };
  return {
    async listGuards({ access }) {
      return list(access);
    },
    async signOffGuard({ path, body, access }) {
      if (!access.seesEverything)
        throw new NotAllowedError(
          'Only who sees the whole fleet can sign off what it loses',
        );
      const decision = approvableGuard(fleet, path.id);
      if (decision.needs.policies.length > 0) {
        const { reason } = body;
        const identities = await access.identities();
        await approvals.answer(decision, {
          ...{ actor: access.actor, identities, verdict: 'approve', reason },
        });
        const [judged] = await approvals.judge([decision]);
        // The last of those who have to agree lets it go.
        if (judged.some(({ state }) => state !== 'given')) return list(access);
      }
      await fleet.signOffGuard(path.id, access.actor, body.reason);
      return list(access);
    },
  };
}

/** Losses that wait, as something that people approve; their id is a digest of what they are. @internal */
export function approvableGuard(
  fleet: Pick<Fleet, 'view'>,
  id: string,
): ApprovableDecision {
  const decisions = fleet.view()?.decisions;
  const policies = decisions ? guardApprovals(decisions) : [];
  return {
    decision: `guard ${id}`,
    needs: { policies, involved: [] },
    title: 'Taking away what clusters have',
    link: '/res-edge/change-requests',
  };
}
