import { Text } from '@backstage/ui';
import { EdgeKind } from '@res-edge/backstage-plugin-res-edge-common';
import { count } from './count';
import { EdgeLink } from './EdgeLink';
import styles from './common.module.css';

/** Names as links; says how many more there are than it shows. */
export function NameList(props: {
  kind: EdgeKind;
  names: readonly string[];
  total?: number;
}) {
  const more = (props.total ?? props.names.length) - props.names.length;
  return (
    <ul className={styles.names}>
      {props.names.map(name => (
        <li key={name}>
          <EdgeLink kind={props.kind} name={name} />
        </li>
      ))}
      {more > 0 && (
        <li>
          <Text color="secondary">and {count(more)} more</Text>
        </li>
      )}
    </ul>
  );
}
