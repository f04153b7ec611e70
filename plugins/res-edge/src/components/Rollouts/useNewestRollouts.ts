import { Rollout } from '@res-edge/backstage-plugin-res-edge-common';
import { useResource } from '../../hooks';

/** The newest rollout of each application, by its name; empty until it was read. */
export function useNewestRollouts(): ReadonlyMap<string, Rollout> {
  const { value } = useResource('rollouts', api => api.listRollouts());
  return new Map(value?.items.map(each => [each.application, each]));
}
