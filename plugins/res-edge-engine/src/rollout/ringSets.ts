import { Bitmap } from '../bitmap';
import { RolloutWorld } from './RolloutWorld';

/** How the clusters of a ring stand. @internal */
export interface RingSets {
  readonly clusters: Bitmap;
  readonly reachable: Bitmap;
  readonly delivered: Bitmap;
  readonly healthy: Bitmap;
  readonly failed: Bitmap;
  /** Told to run the release, and not heard of yet. */
  readonly pending: Bitmap;
  /** Wait for a window, a freeze, or something else than the rollout. */
  readonly deferred: Bitmap;
  /** Wait for the next batch. */
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
