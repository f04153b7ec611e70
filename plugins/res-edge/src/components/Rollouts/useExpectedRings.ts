import { useEffect, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  Rollout,
  RolloutSimulation,
} from '@res-edge/backstage-plugin-res-edge-common';
import { resEdgeApiRef } from '../../api';
import { rolloutSubject } from './rolloutSubject';

type ExpectedRing = RolloutSimulation['rings'][number];

/**
 * When the rings of a rollout that runs begin and end as things stand, where nobody says more and all goes well; by name.
 * It is played when something has happened, and not each time that the page is read again.
 */
export function useExpectedRings(
  rollout: Rollout,
): ReadonlyMap<string, ExpectedRing> {
  const api = useApi(resEdgeApiRef);
  const [rings, setRings] = useState<readonly ExpectedRing[]>([]);
  const { application, id, lastMove, phase } = rollout;
  const isPlayed =
    phase === 'running' && rolloutSubject(rollout).kind === 'EdgeApplication';
  useEffect(() => {
    let isCurrent = true;
    setRings([]);
    if (isPlayed)
      api.simulateRollout({ application }).then(
        simulation => isCurrent && setRings(simulation.rings),
        // Where it cannot be foreseen, nothing is said.
        () => {},
      );
    return () => {
      isCurrent = false;
    };
  }, [api, application, id, isPlayed, lastMove?.at]);
  return new Map(rings.map(ring => [ring.name, ring]));
}
