import { Link, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { RolloutDetails as Details } from '@res-edge/backstage-plugin-res-edge-common';
import { useResource } from '../../hooks';
import { rolloutsRouteRef } from '../../routes';
import {
  EdgeLink,
  EmptyState,
  Loaded,
  PageContent,
  Section,
  Status,
  Time,
} from '../common';
import { SimulationSection } from '../Simulation';
import { ExpectedTimes } from './ExpectedTimes';
import { MoveText } from './MoveText';
import { isUnderWay, ROLLOUT_PHASES } from './phases';
import { RingCard } from './RingCard';
import { rolloutSubject, rolloutTitle } from './rolloutSubject';
import { RolloutCommands } from './RolloutCommands';
import { Timeline } from './Timeline';
import styles from './rollouts.module.css';

function Head(props: { rollout: Details; onChanged: () => void }) {
  const { rollout } = props;
  const { eta, lastMove, phase, since, startedAt } = rollout;
  const { kind, name } = rolloutSubject(rollout);
  const [tone, word] = ROLLOUT_PHASES[phase];
  return (
    <header className={styles.head}>
      <div className={styles.headText}>
        <Text as="h1" variant="title-small">
          {rolloutTitle(rollout)}
        </Text>
        <div>
          <Status tone={tone}>{word}</Status> since <Time value={since} />
        </div>
        {lastMove && (
          <div>
            <MoveText move={lastMove} withRing />
          </div>
        )}
        <ExpectedTimes eta={eta} />
        <Text as="div" variant="body-small" color="secondary">
          Of <EdgeLink kind={kind} name={name} />, begun{' '}
          <Time value={startedAt} />
        </Text>
      </div>
      <RolloutCommands rollout={rollout} onChanged={props.onChanged} />
    </header>
  );
}

/** One rollout: its rings with how their clusters stand, what happened, and what the reader can ask of it. */
export function RolloutDetails(props: { id: string }) {
  const { id } = props;
  const resource = useResource(`rollout/${id}`, api => api.getRollout({ id }));
  const listPath = useRouteRef(rolloutsRouteRef)();
  return (
    <PageContent>
      <nav className={styles.back}>
        <Link href={listPath} variant="body-small">
          All rollouts
        </Link>
      </nav>
      <Loaded resource={resource}>
        {rollout => (
          <div className={styles.layout}>
            <Head rollout={rollout} onChanged={resource.reload} />
            <Section title="Rings" note="one after the other">
              <ol className={styles.pipeline}>
                {rollout.rings.map(ring => (
                  <RingCard
                    key={ring.name}
                    ring={ring}
                    known={rollout.eta?.reason}
                  />
                ))}
              </ol>
            </Section>
            {isUnderWay(rollout) && (
              <SimulationSection application={rollout.application} />
            )}
            <Section title="Timeline" note="the newest first">
              {rollout.moves.length === 0 ? (
                <EmptyState title="Nothing has happened yet" />
              ) : (
                <Timeline moves={rollout.moves} />
              )}
            </Section>
          </div>
        )}
      </Loaded>
    </PageContent>
  );
}
