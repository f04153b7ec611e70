import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import { EdgeRefLink } from '../common';
import styles from './problems.module.css';

/** Problems as a list; `ofEntity` says that all are about the entity of this page. */
export function ProblemItems(props: {
  problems: readonly Problem[];
  ofEntity?: boolean;
}) {
  return (
    <ul className={styles.problems}>
      {props.problems.map((problem, index) => (
        <li key={index}>
          {!props.ofEntity && (
            <>
              <EdgeRefLink reference={problem.entity} />{' '}
            </>
          )}
          {problem.field && <code>{problem.field}: </code>}
          {problem.message}
        </li>
      ))}
    </ul>
  );
}
