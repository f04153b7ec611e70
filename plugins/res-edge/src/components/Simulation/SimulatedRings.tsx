import { RolloutSimulation } from '@res-edge/backstage-plugin-res-edge-common';
import { count, exactTime, Status } from '../common';
import common from '../common/common.module.css';
import { RING_PHASES } from '../Rollouts/phases';
import styles from './simulation.module.css';

function at(time: string | undefined, otherwise = '–'): string {
  return time === undefined ? otherwise : exactTime(time);
}

/** When each ring begins, has its last cluster, and ends. */
export function SimulatedRings(props: { rings: RolloutSimulation['rings'] }) {
  return (
    <div className={styles.table}>
      <table className={common.values}>
        <thead>
          <tr>
            <th scope="col">Ring</th>
            <th scope="col">Clusters</th>
            <th scope="col">Begins</th>
            <th scope="col">On all</th>
            <th scope="col">Done</th>
            <th scope="col">At the end</th>
          </tr>
        </thead>
        <tbody>
          {props.rings.map(ring => {
            const [tone, word] = RING_PHASES[ring.phase];
            return (
              <tr key={ring.name}>
                <th scope="row">{ring.name}</th>
                <td>{count(ring.clusters)}</td>
                <td>
                  {at(
                    ring.startsAt,
                    ring.phase === 'waiting' ? undefined : 'has begun',
                  )}
                </td>
                <td>{at(ring.everywhereAt)}</td>
                <td>{at(ring.endsAt)}</td>
                <td>
                  <Status tone={tone}>{word}</Status>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
