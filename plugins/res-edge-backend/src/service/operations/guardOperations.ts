import { NotAllowedError } from '@backstage/errors';
import { GuardList } from '@res-edge/backstage-plugin-res-edge-common';
import { guardApprovals } from '@res-edge/backstage-plugin-res-edge-engine';
import { ApprovableDecision } from '../../automation/ApprovableDecision';
import { Access } from '../../permissions';
import { Fleet } from '../FleetView';
import { noteDecision } from './noteDecision';
import { AreaOperations, OperationOptions } from './Operations';

/** Losses that wait for a person; they are about the fleet as a whole, so that only who sees all of it sees them. @internal */
export function guardOperations(
  options: OperationOptions,
): AreaOperations<'listGuards' | 'signOffGuard'> {
  const { fleet, approvals } = options;
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
    async signOffGuard({ path, body, access, http }) {
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
        await noteDecision(
          options,
          { access, http },
          {
            ...{ operation: 'approve', kind: 'Guard', name: path.id },
            after: { state: 'waiting', reason },
          },
        );
        const [judged] = await approvals.judge([decision]);
        // The last of those who have to agree lets it go.
        if (judged.some(({ state }) => state !== 'given')) return list(access);
      }
      const waiting = fleet.listGuards().find(({ id }) => id === path.id);
      await fleet.signOffGuard(path.id, access.actor, body.reason);
      const { scope = '', name = '', lost = 0, total = 0 } = waiting ?? {};
      const about = { scope, name, lost, total };
      await noteDecision(
        options,
        { access, http },
        {
          ...{ operation: 'sign-off', kind: 'Guard', name: path.id },
          before: { ...about, state: 'waiting' },
          after: { ...about, state: 'signed off', reason: body.reason },
        },
      );
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
