import { NotFoundError } from '@backstage/errors';
import {
  entityRefOf,
  Rollout,
  RolloutDetails,
} from '@res-edge/backstage-plugin-res-edge-common';
import { StoredRollout } from '../../database';
import { Access } from '../../permissions';
import { checkUpdate } from './checkUpdate';
import { noteDecision } from './noteDecision';
import { AreaOperations, OperationOptions } from './Operations';

/** Rollouts of applications that the caller may see, and what people ask of them. @internal */
export function rolloutOperations(
  options: OperationOptions,
): AreaOperations<'listRollouts' | 'getRollout' | 'commandRollout'> {
  const { fleet, rollouts } = options;
  const details = async (
    id: string,
    access: Access,
  ): Promise<RolloutDetails> => {
    const stored = await rollouts.get(id);
    if (!sees(access, stored))
      throw new NotFoundError(`There is no rollout '${id}'`);
    return { ...toRollout(stored), moves: await rollouts.moves(id) };
  };
  return {
    async listRollouts({ access }) {
      const latest = await rollouts.latest();
      return {
        items: latest.filter(each => sees(access, each)).map(toRollout),
      };
    },
    async getRollout({ path, access }) {
      return details(path.id, access);
    },
    async commandRollout({ path: { id, command }, body, access, http }) {
      const before = await details(id, access);
      const { application } = before;
      await checkUpdate(access, entityRefOf('EdgeApplication', application));
      const { actor } = access;
      await fleet.commandRollout(id, { ...body, command, actor });
      const after = await details(id, access);
      const { reason } = body;
      await noteDecision(
        options,
        { access, http },
        {
          ...{ operation: 'command', kind: 'EdgeApplication' },
          name: application,
          before: { rollout: id, phase: before.phase },
          after: {
            ...{ rollout: id, phase: after.phase, command },
            ...(reason !== undefined && { reason }),
          },
        },
      );
      return after;
    },
  };
}

function sees(access: Access, { rollout }: StoredRollout): boolean {
  return access.fleet().sees('EdgeApplication', rollout.application);
}

function toRollout({ id, startedAt, rollout }: StoredRollout): Rollout {
  const { application, version, release, phase, since, rings } = rollout;
  return {
    ...{ id, application, version, release, phase, since, startedAt },
    rings: rings.map(({ name, approved, ...ring }) => ({
      ...{ name, phase: ring.phase, since: ring.since },
      ...(approved && { approved }),
    })),
  };
}
