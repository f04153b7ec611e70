import { GroupDetails } from '@res-edge/backstage-plugin-res-edge-common';
import { EdgeLink } from '../common';
import styles from './hierarchies.module.css';

/** Where a group is in its hierarchy, from the root down. */
export function GroupPath(props: { path: GroupDetails['path']; name: string }) {
  if (props.path.length === 0) {
    return null;
  }
  return (
    <nav className={styles.path} aria-label="Groups above">
      {props.path.map(({ name, title }) => (
        <span key={name}>
          <EdgeLink kind="EdgeGroup" name={name} title={title} />
          {' /'}
        </span>
      ))}
      <code>{props.name}</code>
    </nav>
  );
}
