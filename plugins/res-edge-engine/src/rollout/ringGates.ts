import { RolloutGate } from '@res-edge/backstage-plugin-res-edge-common';
import { parseDuration } from '../calendar/parseDuration';
import { GateReading } from './GateReading';
import { Rollout, RolloutRingState } from './Rollout';
import { RingPace } from './RolloutPace';
import { RolloutWorld } from './RolloutWorld';

/** Whether the gates of a ring let it be done. @internal */
export function gatesPass(
  spec: RingPace,
  ring: RolloutRingState,
  world: RolloutWorld,
): boolean {
  return gatesOf(spec, world).every(gate => passes(gate, ring, world));
}

/**
 * What a gate of a ring that is under way did that stops the rollout; undefined where none did.
 *
 * @param since - since when the rollout is running: who resumes it gives its gates their time anew
 * @internal
 */
export function gateFailure(
  spec: RingPace,
  { since }: Pick<Rollout, 'since'>,
  world: RolloutWorld,
): string | undefined {
  const { name: ring } = spec;
  for (const gate of gatesOf(spec, world)) {
    const reading = world.gate?.(ring, gate);
    if (!reading || gate.timeout === undefined) continue;
    if (meaning(gate, reading) !== 'failing') continue;
    const from = latest(reading.since, since);
    if (world.now.getTime() - from < parseDuration(gate.timeout, 'timeout'))
      continue;
    const begin = new Date(from).toISOString();
    return `Gate '${gate.name}' of ring '${ring}' fails since ${begin}; it may for ${gate.timeout}: ${reading.message}`;
  }
  return undefined;
}

/** Of a ring without a cluster there is nothing to read. */
function gatesOf(
  { gates = [], name }: RingPace,
  { clusters }: RolloutWorld,
): readonly RolloutGate[] {
  return clusters.get(name)?.isEmpty() === false ? gates : [];
}

/** What was read before the ring soaked says nothing about it. */
function passes(
  gate: RolloutGate,
  ring: RolloutRingState,
  { gate: read, now }: RolloutWorld,
): boolean {
  const reading = read?.(ring.name, gate);
  if (!reading || Date.parse(reading.at) < Date.parse(ring.since)) return false;
  if (meaning(gate, reading) !== 'passing') return false;
  const length = gate.for === undefined ? 0 : parseDuration(gate.for, 'for');
  return now.getTime() - latest(reading.since, ring.since) >= length;
}

function meaning(
  { onNoData = 'hold' }: RolloutGate,
  { state }: GateReading,
): GateReading['state'] {
  if (state !== 'no-data') return state;
  return { hold: state, pass: 'passing', fail: 'failing' }[
    onNoData
  ] as GateReading['state'];
}

function latest(a: string, b: string): number {
  return Math.max(Date.parse(a), Date.parse(b));
}
