import { Text } from '@backstage/ui';
import { ResolvedValue } from '@res-edge/backstage-plugin-res-edge-common';
import { EdgeRefLink } from './EdgeLink';
import styles from './common.module.css';

/** Values with the origin of each, and what they take precedence over. */
export function ValuesTable(props: { values: readonly ResolvedValue[] }) {
  if (props.values.length === 0) {
    return (
      <Text variant="body-small" color="secondary">
        No values.
      </Text>
    );
  }
  return (
    <div className={styles.table}>
      <table className={styles.values}>
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">Value</th>
            <th scope="col">From</th>
          </tr>
        </thead>
        <tbody>
          {props.values.map(({ key, value, origin, overrides = [] }) => (
            <tr key={key}>
              <th scope="row" className={styles.code}>
                {key}
              </th>
              <td className={styles.code}>{value}</td>
              <td>
                {origin && <EdgeRefLink reference={origin} />}
                {overrides.map(weaker => (
                  <Text
                    key={weaker.origin}
                    as="div"
                    variant="body-small"
                    color="secondary"
                  >
                    instead of <code>{weaker.value}</code> from{' '}
                    <EdgeRefLink reference={weaker.origin} />
                  </Text>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
