import { Bitmap } from '../bitmap';
import { RolloutWorld } from './RolloutWorld';

/** How the clusters of a ring stand. @public */
export interface RingCounts {
  readonly clusters: number;
  readonly delivered: number;
  readonly healthy: number;
  readonly failed: number;
  /** Told to run the release, and not heard of yet. */
  readonly pending: number;
  /** Wait for a window, a freeze, or something else than the rollout. */
  readonly deferred: number;
  /** Wait for the next batch. */
  readonly waiting: number;
  /** Count neither way. */
  readonly unreachable: number;
}

/** The sets that are counted. @internal */
export interface RingSets {
  readonly clusters: Bitmap;
  readonly reachable: Bitmap;
  readonly delivered: Bitmap;
  readonly healthy: Bitmap;
  readonly failed: Bitmap;
  readonly pending: Bitmap;
  readonly deferred: Bitmap;
  readonly waiting: Bitmap;
}

/** @internal */
export function ringSets(world: RolloutWorld, ring: string): RingSets {
  const { delivered: told, held, reported } = world;
  const clusters = world.clusters.get(ring) ?? Bitmap.empty(told.size);
  const reachable = clusters.clone();
  if (reported) reachable.andNot(reported.unreachable);
  const delivered = reachable.clone().and(told);
  const failed = reported
    ? delivered.clone().and(reported.failed)
    : Bitmap.empty(told.size);
  const healthy = delivered.clone().andNot(failed);
  if (reported) healthy.and(reported.healthy);
  const pending = delivered.clone().andNot(healthy).andNot(failed);
  const missing = reachable.clone().andNot(delivered);
  const deferred = missing.clone().and(held);
  const waiting = missing.andNot(held);
  return {
    ...{ clusters, reachable, delivered, healthy, failed, pending },
    ...{ deferred, waiting },
  };
}

/** How the clusters of a ring stand, in numbers. @public */
export function ringCounts(world: RolloutWorld, ring: string): RingCounts {
  const sets = ringSets(world, ring);
  const clusters = sets.clusters.count();
  return {
    clusters,
    delivered: sets.clusters.clone().and(world.delivered).count(),
    healthy: sets.healthy.count(),
    failed: sets.failed.count(),
    pending: sets.pending.count(),
    deferred: sets.deferred.count(),
    waiting: sets.waiting.count(),
    unreachable: clusters - sets.reachable.count(),
  };
}
