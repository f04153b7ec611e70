import { Rollout } from '@res-edge/backstage-plugin-res-edge-common';
import { Status } from '../common';
import { RING_PHASES } from './phases';
import styles from './rollouts.module.css';

/** The rings of a rollout in order, each with how far it has come, on one line. */
export function RingPipeline(props: { rings: Rollout['rings'] }) {
  return (
    <ol className={styles.line}>
      {props.rings.map(({ name, phase }) => {
        const [tone, word] = RING_PHASES[phase];
        return (
          <li key={name} data-phase={phase}>
            <Status tone={tone}>
              {name} <span className={styles.word}>{word}</span>
            </Status>
          </li>
        );
      })}
    </ol>
  );
}
