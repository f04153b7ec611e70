import { ApplicationPlan } from '@res-edge/backstage-plugin-res-edge-engine';

/** How many clusters are a target of the application, and yet do not get it. @internal */
export function countRefused({ refusals }: ApplicationPlan): number {
  return refusals.reduce((sum, { clusters }) => sum + clusters.count(), 0);
}
