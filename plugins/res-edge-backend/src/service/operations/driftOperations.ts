import { NotFoundError } from '@backstage/errors';
import {
  Drift,
  entityRefOf,
  OperationBody,
  OperationPath,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Access } from '../../permissions';
import { DriftVerdict } from '../FleetView';
import { checkUpdate } from './checkUpdate';
import { AreaOperations, OperationOptions } from './Operations';

/** What people changed by hand on main, of entities that the caller may see. @internal */
export function driftOperations({
  fleet,
}: OperationOptions): AreaOperations<
  'listDrift' | 'getDrift' | 'adoptDrift' | 'discardDrift'
> {
  const list = async (access: Access): Promise<{ items: Drift[] }> => {
    const items = await fleet.listDrift();
    return { items: items.filter(({ entity }) => sees(access, entity)) };
  };
  const settle = async (
    decision: DriftVerdict['decision'],
    request: {
      path: OperationPath<'adoptDrift'>;
      body: OperationBody<'adoptDrift'>;
      access: Access;
    },
  ) => {
    const { path, body, access } = request;
    const ref = visibleRef(access, path);
    await checkUpdate(access, ref);
    const { actor } = access;
    await fleet.settleDrift({ ...body, ref, actor, decision });
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
