import { Rollout, RolloutWorld } from '../../src/rollout';

const DEFER_AFTER = 24 * 60 * 60_000;

/**
 * One step of a rollout as a plain loop over the clusters of its last ring would do it: counts them, says whether it soaks or stops, and
 * how many may not change yet. It knows as much as the rollouts of the benchmark need.
 */
export function naiveRollout({
  rollout,
  world,
}: {
  rollout: Rollout;
  world: RolloutWorld;
}): { phases: string; held: number } {
  const { reported, delivered, held } = world;
  const latest = world.now.getTime() + DEFER_AFTER;
  const soon = new Set(
    world
      .openings()
      .filter(({ at }) => at.getTime() <= latest)
      .flatMap(({ clusters }) => [...clusters]),
  );
  const ring = new Set(world.clusters.get('prod'));
  const counts = { healthy: 0, failed: 0, reachable: 0, deferred: 0 };
  let pending = 0;
  let missing = 0;
  let waiting = 0;
  for (const cluster of ring) {
    if (!delivered.has(cluster)) missing += 1;
    if (reported!.unreachable.has(cluster)) continue;
    counts.reachable += 1;
    if (!delivered.has(cluster)) {
      if (!held.has(cluster)) waiting += 1;
      else if (!soon.has(cluster)) counts.deferred += 1;
    } else if (reported!.failed.has(cluster)) counts.failed += 1;
    else if (reported!.healthy.has(cluster)) counts.healthy += 1;
    else pending += 1;
  }
  const stops = counts.failed > Math.floor(counts.reachable * 0.05);
  const counted = counts.reachable - counts.deferred;
  const soaks = !stops && counts.healthy >= Math.ceil(counted * 0.95);
  const [beta, pilot] = rollout.rings;
  const last = soaks ? 'done' : 'rolling';
  const batch = stops ? 0 : Math.max(0, Math.min(500 - pending, waiting));
  return {
    phases: [beta.phase, pilot.phase, last].join(),
    held: soaks ? 0 : missing - batch,
  };
}
