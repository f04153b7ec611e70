import { drainingHolds } from '../../hold/drainingHolds';
import { together } from '../../hold/holdChanges';
import type { DeliveryInput } from './DeliveryInput';
import { EngineClusters } from './EngineClusters';
import { EnvironmentClusters } from './EnvironmentClusters';
import { FleetRevisions, fleetRevisions } from './FleetRevisions';
import { FolderRenderer } from './FolderRenderer';
import { RenderingBasis } from './RenderingBasis';
import { RevisionCache } from './RevisionCache';

/** The revisions of a plan, and the engine of each cluster. @internal */
export function revisionsOf(
  input: DeliveryInput,
  cache: RevisionCache,
): { revisions: FleetRevisions; engines: EngineClusters } {
  const engines = EngineClusters.create(input.plan.snapshot, input.engine);
  const environments = EnvironmentClusters.create(input.plan.snapshot);
  const revisions = fleetRevisions({ ...input, cache, engines, environments });
  return { engines, revisions };
}

/** What renders folders of a plan, and what they follow from. @internal */
export function prepareRendering(
  input: DeliveryInput,
  cache: RevisionCache,
): {
  revisions: FleetRevisions;
  basis: RenderingBasis;
  folders: FolderRenderer;
} {
  const { revisions, engines } = revisionsOf(input, cache);
  const { plan, decisions, broken, kept } = input;
  const draining = drainingHolds(input);
  const holds = draining ? together(draining, input.holds) : input.holds;
  const basis = RenderingBasis.create(
    plan.snapshot,
    decisions,
    revisions,
    broken,
    holds,
    kept,
  );
  const folders = FolderRenderer.create(input, revisions, engines, holds);
  return { revisions, basis, folders };
}

/** The branch that has a cluster, whatever main says of its shard. @internal */
export function shardWith(
  delivered: DeliveryInput['delivered'],
  cluster: string,
): string | undefined {
  for (const { shard, clusters } of delivered.values()) {
    if (clusters.has(cluster)) return shard;
  }
  return undefined;
}
