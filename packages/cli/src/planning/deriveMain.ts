import { entityRefOf } from '@res-edge/backstage-plugin-res-edge-common';
import {
  assignShards,
  FileMap,
  readShards,
  renderShards,
  renderTargetsLock,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { Fleet } from '../fleet/Fleet';
import { DecidedFleet } from './decideFleet';

const SHARDS = '.res-edge/shards/';

/** Main with what follows from the plan, and what it says about shards. @internal */
export interface DerivedMain {
  readonly files: FileMap;
  /** The shard of each cluster. */
  readonly shards: ReadonlyMap<string, string>;
}

/**
 * Adds to main what follows from plan and inventory: the shards of clusters, and what selectors resolve to.
 *
 * @internal
 */
export function deriveMain(decided: DecidedFleet): DerivedMain {
  const { fleet, main, input, plan } = decided;
  const { snapshot, decisions } = input;
  const known = readShards(main).shards;
  const live = snapshot.clusters
    .filter(({ spec }) => spec.state !== 'retired')
    .map(({ metadata }) => metadata.name);
  const held = [...known.keys()].filter(name => isHeld(fleet, name));
  const shards = assignShards(known, [...live, ...held]);
  const files = new Map([...main].filter(([path]) => !path.startsWith(SHARDS)));
  for (const [path, content] of renderShards(shards)) files.set(path, content);
  for (const [name, { entity }] of decisions.namespaces) {
    const targets = plan.namespaces.get(name);
    if (!targets) continue;
    const lock = renderTargetsLock(entity, snapshot, targets);
    files.set(`namespaces/${name}/targets.lock.yaml`, lock);
  }
  return { files, shards };
}

/** A cluster that cannot be planned and yet is not known to be gone: what it has stays. @internal */
export function isHeld(fleet: Fleet, cluster: string): boolean {
  const ref = entityRefOf('EdgeCluster', cluster);
  return !fleet.origins.has(ref) && (!fleet.complete || fleet.broken.has(ref));
}
