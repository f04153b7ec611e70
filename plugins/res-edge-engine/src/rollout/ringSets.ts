import { Bitmap } from '../bitmap';
import { ringLimits } from './ringLimits';
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
  /** Cannot get it, whatever they wait for. */
  readonly undeliverable: Bitmap;
  /** Wait for a window, a freeze, or something else than the rollout, and may change soon. */
  readonly closed: Bitmap;
  /** Wait for the same, and for longer than the ring waits for them. */
  readonly deferred: Bitmap;
  /** Wait for the next batch. */
  readonly waiting: Bitmap;
}

/** How many of a ring's clusters have to be healthy in some share: those that can get the release, and soon. @internal */
export function countedClusters({
  reachable,
  deferred,
  undeliverable,
}: RingSets): number {
  return reachable.count() - deferred.count() - undeliverable.count();
}

/** @throws CalendarError where a length of time in the policy is none @internal */
export function ringSets(
  world: Omit<RolloutWorld, 'reached'>,
  ring: string,
): RingSets {
  const { delivered: told, held, reported, policy } = world;
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
  const undeliverable = world.undeliverable
    ? missing.clone().and(world.undeliverable)
    : Bitmap.empty(told.size);
  missing.andNot(undeliverable);
  const closed = missing.clone().and(held);
  const deferred = closed.clone();
  const spec = policy.rings.find(({ name }) => name === ring);
  if (spec && !closed.isEmpty()) {
    const latest = world.now.getTime() + ringLimits(spec).deferAfter;
    for (const { at, clusters: opening } of world.openings())
      if (at.getTime() <= latest) deferred.andNot(opening);
    closed.andNot(deferred);
  }
  const waiting = missing.andNot(held);
  return {
    ...{ clusters, reachable, delivered, healthy, failed, pending },
    ...{ undeliverable, closed, deferred, waiting },
  };
}
