import { Bitmap } from '../../bitmap';
import { Rollout } from '../Rollout';
import { AssumedFleet } from './AssumedFleet';
import {
  RolloutSimulationInput,
  SimulatedHour,
  SimulatedRingCounts,
} from './SimulatedRollout';

/** How a simulated rollout stands. @internal */
export function countHour(
  {
    policy,
    clusters,
    versions,
    shown,
  }: Pick<RolloutSimulationInput, 'policy' | 'clusters' | 'versions' | 'shown'>,
  { delivered, reported }: AssumedFleet,
  now: {
    readonly rollout: Rollout;
    /** In milliseconds since 1970. */
    readonly time: number;
    readonly held: Bitmap;
  },
): SimulatedHour {
  const { rollout } = now;
  const rings = policy.rings.map(({ name }): SimulatedRingCounts => {
    const own = (clusters.get(name) ?? Bitmap.empty(delivered.size)).clone();
    if (shown) own.and(shown);
    const missing = own.clone().andNot(delivered);
    const counted = new Map(
      [...versions].map(([version, on]) => [version, missing.countCommon(on)]),
    );
    const had = counted.get(rollout.version) ?? 0;
    counted.set(rollout.version, had + own.countCommon(delivered));
    const has = own.and(delivered);
    return {
      name,
      phase: rollout.rings.find(ring => ring.name === name)?.phase ?? 'waiting',
      versions: [...counted]
        .filter(([, count]) => count > 0)
        .map(([version, count]) => ({ version, clusters: count })),
      healthy: reported ? has.countCommon(reported.healthy) : 0,
      failed: reported ? has.countCommon(reported.failed) : 0,
      deferred: missing.countCommon(now.held),
      unreachable: reported
        ? missing.or(has).countCommon(reported.unreachable)
        : 0,
    };
  });
  return { at: new Date(now.time).toISOString(), rings };
}
