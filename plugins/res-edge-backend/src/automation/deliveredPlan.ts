import { DeliveredShard } from '@res-edge/backstage-plugin-res-edge-engine';
import { StoredPlan } from '../database';
import { DeliveryResult } from './Deliverable';
import { PlannedMain } from './PlannedMain';
import { deliveryEffects, totalsOf } from './planEffects';

/** The plan of a delivery, as it is kept to be read. @internal */
export function deliveredPlan(
  { main, input, plan, registration }: PlannedMain,
  { before, renderings }: DeliveryResult,
  about: Pick<StoredPlan, 'id' | 'cause' | 'createdAt'>,
): StoredPlan {
  const effects = deliveryEffects(input.snapshot, before, renderings);
  const bills = renderings.reduce(
    (sum, { clusters }) => sum + clusters.length,
    0,
  );
  return {
    ...about,
    mainCommit: main.commit,
    inventoryRevision: registration.revision,
    totals: totalsOf(effects, bills),
    effects,
    problems: [...plan.problems],
  };
}

/** Clusters that have a bill. @internal */
export function countClusters(
  shards: ReadonlyMap<string, DeliveredShard>,
): number {
  return [...shards.values()].reduce(
    (sum, shard) => sum + shard.clusters.size,
    0,
  );
}
