import { NotFoundError } from '@backstage/errors';
import { ResEdgeApi } from '@res-edge/backstage-plugin-res-edge-common';

/** No rollouts. */
export function rolloutSamples(): Pick<
  ResEdgeApi,
  'listRollouts' | 'getRollout' | 'commandRollout'
> {
  const none = async ({ id }: { id: string }) => {
    throw new NotFoundError(`There is no rollout '${id}'`);
  };
  return {
    listRollouts: async () => ({ items: [] }),
    getRollout: none,
    commandRollout: none,
  };
}
