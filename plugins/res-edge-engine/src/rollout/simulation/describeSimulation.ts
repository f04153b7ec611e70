import { RolloutSimulation } from '@res-edge/backstage-plugin-res-edge-common';
import { SimulatedHour, SimulatedRollout } from './SimulatedRollout';

/** A rollout that was played, as the API and the command line give it. @public */
export function describeSimulation({
  rollout,
  rings,
  hours,
  moves,
  from,
  until,
  everywhereAt,
  waitsFor,
}: SimulatedRollout & {
  /** As ISO 8601. */
  readonly from: string;
  readonly hours: readonly SimulatedHour[];
}): RolloutSimulation {
  const { application, version, phase } = rollout;
  return {
    ...{ application, version, phase },
    clusters: rings.reduce((sum, ring) => sum + ring.clusters, 0),
    ...{ from, until },
    ...(everywhereAt !== undefined && { everywhereAt }),
    ...(waitsFor !== undefined && { waitsFor }),
    rings: rings.map(ring => ({ ...ring })),
    moves: moves.map(move => ({ ...move })),
    hours: hours.map(hour => ({
      at: hour.at,
      rings: hour.rings.map(ring => ({
        ...ring,
        versions: [...ring.versions],
      })),
    })),
  };
}
