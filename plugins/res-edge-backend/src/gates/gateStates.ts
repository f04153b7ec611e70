import {
  RolloutGate,
  RolloutGateState,
  RolloutSpec,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  gateThreshold,
  Rollout,
  RolloutRingState,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { StoredGateReading, StoredRollout } from '../database';
import { isValid, readingOf } from './gateReadings';

/** How the gates of a ring stand, in the order of its policy; undefined where it has none. @internal */
export function gateStates(
  { id, rollout }: StoredRollout,
  name: string,
  readings: readonly StoredGateReading[],
  policy: RolloutSpec | undefined,
  now: Date,
): RolloutGateState[] | undefined {
  const gates = policy?.rings.find(each => each.name === name)?.gates;
  const ring = rollout.rings.find(each => each.name === name);
  if (!ring) return undefined;
  return gates?.map(gate =>
    stateOf(
      gate,
      isRead(rollout, ring),
      ring,
      readingOf(readings, { rollout: id, ring: name, gate }),
      now,
    ),
  );
}

function isRead(rollout: Rollout, { phase }: RolloutRingState): boolean {
  return (
    rollout.phase === 'running' && (phase === 'rolling' || phase === 'soaking')
  );
}

/** What was read last stays to be seen once the ring is done. */
function stateOf(
  gate: RolloutGate,
  isReadNow: boolean,
  { since }: RolloutRingState,
  reading: StoredGateReading | undefined,
  now: Date,
): RolloutGateState {
  const facts = { name: gate.name, type: gate.type, ...gateThreshold(gate) };
  if (!reading)
    return {
      ...{ ...facts, state: 'no-data', since },
      message: isReadNow
        ? 'It was not read yet'
        : 'It is read while its ring is under way',
    };
  const { state, value, message, at: readAt } = reading;
  return isReadNow && !isValid(reading, now)
    ? {
        ...{ ...facts, state: 'no-data', since: reading.until, readAt },
        message: `It was not read for too long; before: ${message}`,
      }
    : {
        ...{ ...facts, state, since: reading.since, readAt, message },
        ...(value !== undefined && { value }),
      };
}
