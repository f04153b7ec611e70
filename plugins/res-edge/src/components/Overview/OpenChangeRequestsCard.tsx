import { Card, CardBody, CardFooter, CardHeader, Link } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useResource } from '../../hooks';
import { changeRequestRouteRef, changeRequestsRouteRef } from '../../routes';
import { EmptyState, Loaded, Time, count } from '../common';
import { TotalsOfChange } from '../ChangeRequests/TotalsOfChange';
import styles from './cards.module.css';

/** The change requests that wait for somebody. */
export function OpenChangeRequestsCard(props: { total: number }) {
  const openOnes = useResource('open-change-requests', api =>
    api.listChangeRequests({ state: 'open', limit: 5 }),
  );
  const changeRequestsPath = useRouteRef(changeRequestsRouteRef)();
  const changeRequestRoute = useRouteRef(changeRequestRouteRef);
  return (
    <Card>
      <CardHeader>Change requests to merge</CardHeader>
      <CardBody>
        <Loaded resource={openOnes}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title="Nothing waits for a merge">
                A change of a namespace, an application, a group or a policy in
                the catalog becomes a change request here.
              </EmptyState>
            ) : (
              <ul className={styles.rows}>
                {items.map(each => (
                  <li key={each.id}>
                    <span className={styles.line}>
                      <Link
                        href={changeRequestRoute({ id: each.id })}
                        standalone
                      >
                        {each.title}
                      </Link>
                      <span className={styles.aside}>
                        <Time value={each.updatedAt} />
                      </span>
                    </span>
                    <TotalsOfChange totals={each.totals} />
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </CardBody>
      {props.total > 5 && (
        <CardFooter>
          <Link href={changeRequestsPath}>All {count(props.total)}</Link>
        </CardFooter>
      )}
    </Card>
  );
}
