import { Bitmap } from '../bitmap';
import { newerRelease } from './newerRelease';
import { ringLimits } from './ringLimits';
import { ringSets } from './ringSets';
import { RolloutRecorder } from './RolloutRecorder';
import { isEnded, Rollout } from './Rollout';
import { RolloutWorld } from './RolloutWorld';

/** Which clusters a rollout keeps from changing now. @public */
export interface RolloutBatch {
  /** With the times of batches that begin now. */
  readonly rollout: Rollout;
  /** Clusters to which the release may not come yet. */
  readonly held: Bitmap;
}

/**
 * The clusters of rings to which a release may come now, as the policy's `atOnce` and `batchDelay` let it. Clusters that are
 * not reachable wait until their ring is done; what a window or a freeze holds, or cannot be delivered, takes no place of a
 * batch.
 *
 * @throws CalendarError where a length of time in the policy is none
 * @public
 */
export function rolloutBatch(
  rollout: Rollout,
  world: RolloutWorld,
): RolloutBatch {
  const held = Bitmap.empty(world.delivered.size);
  const recorder = new RolloutRecorder(rollout, world.now);
  if (rollout.phase === 'rolling-back') {
    return { rollout, held: newerHeld(rollout, world) };
  }
  if (['rolled-back', 'overtaken'].includes(rollout.phase)) {
    return { rollout, held };
  }
  for (const spec of world.policy.rings) {
    const { name } = spec;
    const ring = rollout.rings.find(each => each.name === name);
    if (world.reached.get(name) !== rollout.release) continue;
    const goesOn = rollout.phase === 'done' || rollout.phase === 'running';
    if (goesOn && (ring?.phase === 'done' || isEnded(rollout))) continue;
    const sets = ringSets(world, name);
    const missing = sets.clusters.clone().andNot(world.delivered);
    if (goesOn && ring) {
      const { atOnce, batchDelay } = ringLimits(spec);
      const last = ring.lastBatch ? Date.parse(ring.lastBatch) : -Infinity;
      const due = world.now.getTime() - last >= batchDelay;
      const free = atOnce(sets.clusters.count()) - sets.pending.count();
      const batch = due ? firstOf(sets.waiting, free) : [];
      for (const cluster of batch) missing.remove(cluster);
      if (batch.length > 0) {
        recorder.note(name, { lastBatch: world.now.toISOString() });
      }
    }
    held.or(missing);
  }
  return { rollout: recorder.result().rollout, held };
}

/** A newer release waits in the first ring until the one before is taken back: then it has a rollout of its own. */
function newerHeld(
  rollout: Rollout,
  { reached, clusters, delivered }: RolloutWorld,
): Bitmap {
  // The policy may have lost that ring meanwhile.
  const first = clusters.get(rollout.rings[0].name);
  return first && newerRelease(rollout, reached) !== undefined
    ? first.clone()
    : Bitmap.empty(delivered.size);
}

function firstOf(clusters: Bitmap, count: number): number[] {
  const found: number[] = [];
  for (const cluster of clusters) {
    if (found.length >= count) break;
    found.push(cluster);
  }
  return found;
}
