import { RolloutGate } from '@res-edge/backstage-plugin-res-edge-common';
import { RolloutWorld } from '@res-edge/backstage-plugin-res-edge-engine';
import { isDeepStrictEqual } from 'node:util';
import { StoredGateReading } from '../database';

/** What was read of a gate as it is now; what it said before it was changed is of no use. @internal */
export function readingOf(
  readings: readonly StoredGateReading[],
  of: { rollout: string; ring: string; gate: RolloutGate },
): StoredGateReading | undefined {
  return readings.find(
    ({ rollout, ring, gate }) =>
      rollout === of.rollout &&
      ring === of.ring &&
      isDeepStrictEqual(gate, of.gate),
  );
}

/** Whether it still counts; who reads gates may be down. @internal */
export function isValid({ until }: StoredGateReading, now: Date): boolean {
  return Date.parse(until) >= now.getTime();
}

/** The gates of a rollout, for its world. @internal */
export function gateOf(
  readings: readonly StoredGateReading[],
  rollout: string,
  now: Date,
): RolloutWorld['gate'] {
  return (ring, gate) => {
    const reading = readingOf(readings, { rollout, ring, gate });
    return reading && isValid(reading, now) ? reading : undefined;
  };
}
