import { useResource } from '../../hooks';
import { Section, counted } from '../common';
import { GuardCard } from './GuardCard';
import styles from './guards.module.css';

/** What would be taken away from many clusters and waits for a person; nothing in the usual case. */
export function GuardSection() {
  const guards = useResource('guards', api => api.listGuards());
  const items = guards.value?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Section
      title="Waits for a sign-off"
      note={`${counted(
        items.length,
        'guard',
      )}: these clusters keep what they have until somebody agrees`}
    >
      <div className={styles.list}>
        {items.map(each => (
          <GuardCard key={each.id} guard={each} onSigned={guards.reload} />
        ))}
      </div>
    </Section>
  );
}
