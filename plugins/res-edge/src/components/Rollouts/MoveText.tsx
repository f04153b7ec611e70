import { RolloutMove } from '@res-edge/backstage-plugin-res-edge-common';
import styles from './rollouts.module.css';

/** Why something happened, and who asked for it. */
export function MoveText(props: { move: RolloutMove; withRing?: boolean }) {
  const { actor, cause, ring } = props.move;
  return (
    <span className={styles.cause}>
      {props.withRing && ring && `${ring}: `}
      {cause}
      {actor && <span className={styles.word}>, {actor}</span>}
    </span>
  );
}
