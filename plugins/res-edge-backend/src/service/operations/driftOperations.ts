import { NotFoundError } from '@backstage/errors';
import {
  Drift,
  entityRefOf,
  OperationPath,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Access } from '../../permissions';
import { DriftVerdict } from '../FleetView';
import { checkUpdate } from './checkUpdate';
import { noteDecision } from './noteDecision';
import {
  AreaOperations,
  OperationOptions,
  OperationRequest,
} from './Operations';

/** What people changed by hand on main, of entities that the caller may see. @internal */
export function driftOperations(
  options: OperationOptions,
): AreaOperations<'listDrift' | 'getDrift' | 'adoptDrift' | 'discardDrift'> {
  const { fleet } = options;
  const list = async (access: Access): Promise<{ items: Drift[] }> => {
    const items = await fleet.listDrift();
    return { items: items.filter(({ entity }) => sees(access, entity)) };
  };
  const settle = async (
    decision: DriftVerdict['decision'],
    request: OperationRequest<'adoptDrift'> | OperationRequest<'discardDrift'>,
  ) => {
    const { path, body, access } = request;
    const ref = visibleRef(access, path);
    await checkUpdate(access, ref);
    const { actor } = access;
    const drift = (await fleet.listDrift()).find(
      ({ entity }) => entity === ref,
    );
    await fleet.settleDrift({ ...body, ref, actor, decision });
    const { commits = [], paths = [] } = drift ?? {};
    const { digest } = body;
    await noteDecision(options, request, {
      ...{ operation: decision, ...path },
      before: {
        state: 'changed by hand',
        digest,
        commits: commits.map(({ commit, author }) => `${commit} by ${author}`),
        paths: [...paths],
      },
      after: {
        state: decision === 'adopt' ? 'adopted' : 'discarded',
        digest,
        ...(body.reason !== undefined && { reason: body.reason }),
      },
    });
    return list(access);
  };
  return {
    async listDrift({ access }) {
      return list(access);
    },
    async getDrift({ path, access }) {
      return fleet.getDrift(visibleRef(access, path));
    },
    async adoptDrift(request) {
      return settle('adopt', request);
    },
    async discardDrift(request) {
      return settle('discard', request);
    },
  };
}

function sees(access: Access, ref: string): boolean {
  return access.seesEverything || access.fleet().seesReference(ref);
}

/** @throws NotFoundError */
function visibleRef(
  access: Access,
  { kind, name }: OperationPath<'getDrift'>,
): string {
  const ref = entityRefOf(kind, name);
  if (!sees(access, ref))
    throw new NotFoundError(`Nothing is changed by hand on main of '${ref}'`);
  return ref;
}
