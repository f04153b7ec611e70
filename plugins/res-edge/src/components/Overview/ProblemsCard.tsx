import {
  Card,
  CardBody,
  CardFooter,
  CardHeader,
  Link,
  Text,
} from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useResource } from '../../hooks';
import { rootRouteRef } from '../../routes';
import { EdgeRefLink, EmptyState, Loaded, count } from '../common';
import styles from './cards.module.css';

/** The first problems of the fleet. */
export function ProblemsCard(props: { total: number }) {
  const problems = useResource('first-problems', api =>
    api.listProblems({ limit: 5 }),
  );
  const root = useRouteRef(rootRouteRef)();
  return (
    <Card>
      <CardHeader>Problems</CardHeader>
      <CardBody>
        <Loaded resource={problems}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title="No problems">
                Every entity could be read and every reference was found.
              </EmptyState>
            ) : (
              <ul className={styles.rows}>
                {items.map((problem, index) => (
                  <li key={index}>
                    <EdgeRefLink reference={problem.entity} />
                    <Text
                      as="div"
                      variant="body-small"
                      className={styles.message}
                    >
                      {problem.field && <code>{problem.field}: </code>}
                      {problem.message}
                    </Text>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </CardBody>
      {props.total > 5 && (
        <CardFooter>
          <Link href={`${root}/problems`}>All {count(props.total)}</Link>
        </CardFooter>
      )}
    </Card>
  );
}
