import { Text } from '@backstage/ui';
import {
  RingProgress,
  RolloutRingState,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Bar, count, counted, Status, Time } from '../common';
import { ExpectedTimes } from './ExpectedTimes';
import { GateList } from './GateList';
import { CLUSTER_STATES, RING_PHASES } from './phases';
import styles from './rollouts.module.css';

/** How the clusters of a ring stand, as a bar and state by state. */
function Progress(props: { progress: RingProgress }) {
  const { progress } = props;
  const some = CLUSTER_STATES.filter(({ state }) => progress[state] > 0);
  const words = some
    .map(({ state, word = state }) => `${count(progress[state])} ${word}`)
    .join(', ');
  return (
    <>
      <Bar
        total={progress.clusters}
        label={words || 'no cluster'}
        // What has not begun stays empty; what is pinned is not of the ring.
        parts={some
          .filter(({ state }) => state !== 'waiting' && state !== 'pinned')
          .map(({ state, tone }) => ({ value: progress[state], tone }))}
      />
      <dl className={styles.states}>
        {some.map(({ state, word = state, tone, meaning }) => (
          <div key={state} title={meaning}>
            <dt>
              <Status tone={tone}>{word}</Status>
            </dt>
            <dd>{count(progress[state])}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function needsInWords(
  { failed, healthy, mayFail, needed }: RingProgress,
  phase: RolloutRingState['phase'],
): string {
  return phase === 'waiting'
    ? `${count(needed)} have to be healthy; ${count(mayFail)} may fail`
    : `${count(healthy)} of ${count(needed)} needed are healthy; ${count(
        failed,
      )} failed, ${count(mayFail)} may`;
}

/** What the ring still has to meet. */
function Conditions(props: { ring: RolloutRingState; known?: string }) {
  const { approved, gates, needsApproval, phase, progress, soakEnds } =
    props.ring;
  const { reason, ...times } = props.ring.eta ?? {};
  const eta = reason === props.known ? times : props.ring.eta;
  const isOver = phase === 'done' || phase === 'skipped';
  return (
    <ul className={styles.conditions}>
      {!isOver && progress && progress.clusters > 0 && (
        <li>{needsInWords(progress, phase)}</li>
      )}
      {soakEnds && (
        <li>
          {Date.parse(soakEnds) > Date.now() ? 'Soaks until' : 'Has soaked'}{' '}
          <Time value={soakEnds} />
        </li>
      )}
      {phase === 'waiting' && needsApproval && (
        <li>
          {approved
            ? 'A person said that it may begin'
            : 'A person has to say that it may begin'}
        </li>
      )}
      {!isOver && eta && Object.keys(eta).length > 0 && (
        <li>
          <ExpectedTimes eta={eta} />
        </li>
      )}
      {gates && (
        <li>
          <GateList gates={gates} />
        </li>
      )}
    </ul>
  );
}

/** One ring of a rollout: how far it has come, how its clusters stand, and what it has to meet. */
export function RingCard(props: {
  ring: RolloutRingState;
  /** Why no time is known, where the page says it already. */
  known?: string;
}) {
  const { name, phase, progress, since } = props.ring;
  const [tone, word] = RING_PHASES[phase];
  return (
    <li className={styles.ring} data-phase={phase} aria-label={`Ring ${name}`}>
      <div className={styles.ringHead}>
        <Text as="h3" variant="body-large" weight="bold">
          {name}
        </Text>
        <Status tone={tone}>{word}</Status>
      </div>
      <Text as="div" variant="body-small" color="secondary">
        {progress &&
          (progress.clusters > 0
            ? `${counted(progress.clusters, 'cluster')}, `
            : 'on no cluster yet, ')}
        {phase} since <Time value={since} />
      </Text>
      {progress && <Progress progress={progress} />}
      <Conditions ring={props.ring} known={props.known} />
    </li>
  );
}
