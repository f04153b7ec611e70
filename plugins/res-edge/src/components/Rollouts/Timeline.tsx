import {
  RingPhase,
  RolloutMove,
  RolloutPhase,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Status, Time, Tone } from '../common';
import { MoveText } from './MoveText';
import { RING_PHASES, ROLLOUT_PHASES } from './phases';
import styles from './rollouts.module.css';

/** What a move led to, in a few words. */
function inWords({ from, ring, to }: RolloutMove): [Tone, string] {
  if (ring === undefined) return ROLLOUT_PHASES[to as RolloutPhase];
  if (from === to) return ['info', `${ring} may begin`];
  const [tone, word] = RING_PHASES[to as RingPhase];
  return [tone, `${ring} ${word}`];
}

/** What happened to a rollout, each step with its cause and who asked for it; the newest first. */
export function Timeline(props: { moves: readonly RolloutMove[] }) {
  return (
    <ol className={styles.timeline}>
      {[...props.moves].reverse().map((move, index) => {
        const [tone, words] = inWords(move);
        return (
          <li key={props.moves.length - index}>
            <span className={styles.when}>
              <Time value={move.at} />
            </span>
            <Status tone={tone}>{words}</Status>
            <MoveText move={move} />
          </li>
        );
      })}
    </ol>
  );
}
