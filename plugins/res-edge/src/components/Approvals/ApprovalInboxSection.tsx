import { Link, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useResource } from '../../hooks';
import { changeRequestRouteRef } from '../../routes';
import { Section, counted, Time } from '../common';
import styles from './approvals.module.css';

/** What approvals ask the reader about now; nothing where they do not. */
export function ApprovalInboxSection() {
  const inbox = useResource('approvals', api => api.listApprovals());
  const changeRequestRoute = useRouteRef(changeRequestRouteRef);
  const items = inbox.value?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Section
      title="Waits for your approval"
      note={counted(items.length, 'decision')}
    >
      <ul className={styles.inbox}>
        {items.map(({ kind, id, title, since, policies }) => (
          <li key={id}>
            <Text weight="bold">
              {kind === 'changeRequest' ? (
                <Link href={changeRequestRoute({ id })}>{title}</Link>
              ) : (
                title
              )}
            </Text>
            <Text variant="body-small" color="secondary">
              {since && (
                <>
                  asked <Time value={since} />,{' '}
                </>
              )}
              as {policies.join(', ')} {policies.length === 1 ? 'says' : 'say'}
            </Text>
          </li>
        ))}
      </ul>
    </Section>
  );
}
