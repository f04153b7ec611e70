import { neededHealthy, ringLimits } from './ringLimits';
import { countedClusters, ringSets } from './ringSets';
import { RingPace } from './RolloutPace';
import { RolloutWorld } from './RolloutWorld';

/** How many clusters of a ring stand how; the states are disjoint, and together all of its clusters. @public */
export interface RingProgress {
  readonly clusters: number;
  readonly healthy: number;
  /** Told to run the release, and not heard of yet. */
  readonly rolling: number;
  readonly failed: number;
  /** A window, a freeze or something else than the rollout keeps them from changing. */
  readonly deferred: number;
  readonly unreachable: number;
  /** As unreachable, for their first report has time yet. */
  readonly awaited: number;
  /** Cannot get it as things are: a value is missing, or something does not build. */
  readonly undeliverable: number;
  /** Their turn has not come. */
  readonly waiting: number;
  /** How many have to be healthy. */
  readonly needed: number;
  /** How many may fail. */
  readonly mayFail: number;
}

/** Counts a ring in a world. @throws CalendarError where a length of time in the policy is none @public */
export function ringProgress(
  world: Omit<RolloutWorld, 'reached'>,
  ring: RingPace,
): RingProgress {
  const sets = ringSets(world, ring.name);
  const limits = ringLimits(ring);
  const clusters = sets.clusters.count();
  const reachable = sets.reachable.count();
  const awaited = world.reported?.awaited?.countCommon(sets.clusters) ?? 0;
  return {
    clusters,
    deferred: sets.deferred.count(),
    undeliverable: sets.undeliverable.count(),
    healthy: sets.healthy.count(),
    rolling: sets.pending.count(),
    failed: sets.failed.count(),
    unreachable: clusters - reachable - awaited,
    awaited,
    waiting: sets.waiting.count(),
    needed: neededHealthy(limits, countedClusters(sets)),
    mayFail: limits.failure(reachable),
  };
}

/** When a ring that soaks is done at the earliest, in milliseconds since 1970. @throws CalendarError where its length is none @public */
export function soakEnd(ring: RingPace, since: string): number {
  return Date.parse(since) + ringLimits(ring).shortestSoak;
}
