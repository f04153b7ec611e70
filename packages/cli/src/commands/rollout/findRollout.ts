import {
  ResEdgeApi,
  Rollout,
  RolloutDetails,
} from '@res-edge/backstage-plugin-res-edge-common';
import { ServerError } from '../../online/ServerError';

const ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/**
 * The rollout that somebody means: the newest of an application, or one by its id.
 *
 * @throws ServerError where there is none
 * @internal
 */
export async function findRollout(
  api: Pick<ResEdgeApi, 'listRollouts' | 'getRollout'>,
  nameOrId: string,
): Promise<RolloutDetails> {
  if (ID.test(nameOrId)) return api.getRollout({ id: nameOrId });
  const newest = await newestRollout(api, nameOrId);
  if (!newest)
    throw new ServerError(`no application '${nameOrId}' has a rollout`, 1);
  return api.getRollout({ id: newest.id });
}

/** The newest rollout of an application, if it ever had one. @internal */
export async function newestRollout(
  api: Pick<ResEdgeApi, 'listRollouts'>,
  name: string,
): Promise<Rollout | undefined> {
  const { items } = await api.listRollouts();
  return items.find(({ application }) => application === name);
}
