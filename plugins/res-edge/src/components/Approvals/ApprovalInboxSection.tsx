import { Link } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useResource } from '../../hooks';
import { changeRequestRouteRef } from '../../routes';
import { Section, counted, Time } from '../common';

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
      <ul>
        {items.map(({ kind, id, title, since, policies }) => (
          <li key={id}>
            {kind === 'changeRequest' ? (
              <Link href={changeRequestRoute({ id })} standalone>
                {title}
              </Link>
            ) : (
              title
            )}
            , by {policies.join(', ')}
            {since && (
              <>
                , since <Time value={since} />
              </>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
