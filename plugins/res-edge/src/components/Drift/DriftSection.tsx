import { useResource } from '../../hooks';
import { Section, counted } from '../common';
import { DriftCard } from './DriftCard';
import styles from './drift.module.css';

/** What people changed by hand on main, until it is settled; nothing in the usual case. */
export function DriftSection() {
  const drift = useResource('drift', api => api.listDrift());
  const items = drift.value?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Section
      title="Changed by hand on main"
      note={`${counted(
        items.length,
        'change',
      )}: delivered as pushed, and held until somebody decides`}
    >
      <div className={styles.list}>
        {items.map(each => (
          <DriftCard key={each.entity} drift={each} onSettled={drift.reload} />
        ))}
      </div>
    </Section>
  );
}
