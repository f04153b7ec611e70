import { Text } from '@backstage/ui';
import { HeldChange } from '@res-edge/backstage-plugin-res-edge-common';
import { EdgeRefLink } from './EdgeLink';
import { Time } from './Time';
import styles from './common.module.css';

/** What a change waits for, rule by rule, and when it may come as things stand. */
export function HeldReasons(props: { held: HeldChange }) {
  const { next, reasons } = props.held;
  return (
    <div className={styles.heldReasons}>
      {reasons.map(({ reason, rule }) => (
        <div key={`${rule} ${reason}`}>
          {reason} {rule && <EdgeRefLink reference={rule} />}
        </div>
      ))}
      <Text variant="body-small" color="secondary">
        {next ? (
          <>
            may come <Time value={next} />
          </>
        ) : (
          'no time is known'
        )}
      </Text>
    </div>
  );
}

/** From what is delivered to what is decided, in a few words. */
export function changeInWords(change: {
  version?: string;
  delivered?: string;
}): string {
  const { delivered, version } = change;
  if (version === undefined) return `${delivered ?? ''} leaves`.trim();
  if (delivered === undefined) return `${version} arrives`;
  return delivered === version
    ? `${version}, with other values`
    : `${delivered} → ${version}`;
}
