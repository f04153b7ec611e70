import { RolloutGateState } from '@res-edge/backstage-plugin-res-edge-common';
import { Status, Time, Tone } from '../common';
import styles from './rollouts.module.css';

const STATES: Record<RolloutGateState['state'], [Tone, string]> = {
  passing: ['success', 'passing'],
  failing: ['danger', 'failing'],
  'no-data': ['warning', 'no data'],
};

/** The health gates of a ring: what was read, against what, and since when it is so. */
export function GateList(props: { gates: readonly RolloutGateState[] }) {
  return (
    <ul className={styles.gates}>
      {props.gates.map(gate => {
        const { message, name, operator, readAt, since, threshold, value } =
          gate;
        const [tone, word] = STATES[gate.state];
        return (
          <li key={name}>
            <Status tone={tone}>
              {name} {word}
            </Status>
            <div className={styles.word}>
              {value !== undefined && <code>{value}</code>}
              {operator && threshold !== undefined && (
                <code>{` ${operator} ${threshold}`}</code>
              )}{' '}
              {message}; since <Time value={since} />
              {readAt ? (
                <>
                  , read <Time value={readAt} />
                </>
              ) : (
                ', not read yet'
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
