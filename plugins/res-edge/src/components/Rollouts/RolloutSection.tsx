import { Link } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { rolloutRouteRef } from '../../routes';
import { Section, Status, Time } from '../common';
import { ExpectedTimes } from './ExpectedTimes';
import { MoveText } from './MoveText';
import { ROLLOUT_PHASES } from './phases';
import { rolloutTitle } from './rolloutSubject';
import { RolloutHistory } from './RolloutHistory';
import { RingPipeline } from './RingPipeline';
import { useNewestRollouts } from './useNewestRollouts';
import styles from './rollouts.module.css';

/** The newest rollout of an application, or of the content of a namespace or group, in short; nothing where it had none. */
export function RolloutSection(props: { application: string }) {
  const rolloutRoute = useRouteRef(rolloutRouteRef);
  const rollout = useNewestRollouts().get(props.application);
  if (!rollout) return null;
  const { eta, id, lastMove, phase, rings, since } = rollout;
  const [tone, word] = ROLLOUT_PHASES[phase];
  return (
    <Section title="Rollout">
      <div className={styles.short}>
        <Link href={rolloutRoute({ id })} standalone>
          {rolloutTitle(rollout)}
        </Link>
        <span>
          <Status tone={tone}>{word}</Status> since <Time value={since} />
        </span>
        <RingPipeline rings={rings} />
        <ExpectedTimes eta={eta} />
      </div>
      {lastMove && (
        <div>
          <MoveText move={lastMove} withRing />
        </div>
      )}
      <RolloutHistory application={props.application} />
    </Section>
  );
}
