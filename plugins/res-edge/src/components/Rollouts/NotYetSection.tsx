import {
  ClusterPlacement,
  Rollout,
} from '@res-edge/backstage-plugin-res-edge-common';
import { counted, Section, Time } from '../common';
import { NotYet } from './NotYet';
import { notYetReason, StagedPlacement } from './notYetReason';
import styles from './rollouts.module.css';

/** A placement on a cluster's page, as far as a rollout concerns it. */
export function stagedPlacement({
  delivered,
  eta,
  held,
  ring,
}: ClusterPlacement): StagedPlacement {
  const reasons = held?.reasons.map(({ reason }) => reason);
  return { delivered, eta, reasons, ring };
}

/** What rollouts have not brought to a cluster yet, and why; nothing where all is there. */
export function NotYetSection(props: {
  placements: readonly ClusterPlacement[];
  rollouts: ReadonlyMap<string, Rollout>;
}) {
  const rows = props.placements.flatMap(placement => {
    const rollout = props.rollouts.get(placement.application);
    const staged = stagedPlacement(placement);
    return rollout && notYetReason(staged, rollout)
      ? [{ placement, rollout, staged }]
      : [];
  });
  if (rows.length === 0) return null;
  return (
    <Section
      title="Not here yet"
      note={`${counted(rows.length, 'rollout')} under way`}
    >
      <ul className={styles.notYet}>
        {rows.map(({ placement: { application, held }, rollout, staged }) => (
          <li key={application}>
            <NotYet placement={staged} rollout={rollout} />
            {held?.next && !staged.eta?.at && (
              <span className={styles.word}>
                {' '}
                It may come <Time value={held.next} />.
              </span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
