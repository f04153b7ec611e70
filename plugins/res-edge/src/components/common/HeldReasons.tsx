import { Text } from '@backstage/ui';
import {
  ChangeEta,
  HeldChange,
} from '@res-edge/backstage-plugin-res-edge-common';
import { EdgeRefLink } from './EdgeLink';
import { Time } from './Time';
import styles from './common.module.css';

function When(props: { held: HeldChange; eta?: ChangeEta }) {
  const { at, reason } = props.eta ?? {};
  const { next } = props.held;
  if (at !== undefined)
    return (
      <>
        expected about <Time value={at} />
      </>
    );
  if (next !== undefined)
    return (
      <>
        may come <Time value={next} />
      </>
    );
  return <>no time is known{reason && `: ${reason}`}</>;
}

/** What a change waits for, rule by rule, and when it may come as things stand, or is expected with a rollout. */
export function HeldReasons(props: { held: HeldChange; eta?: ChangeEta }) {
  const { reasons } = props.held;
  return (
    <div className={styles.heldReasons}>
      {reasons.map(({ reason, rule }) => (
        <div key={`${rule} ${reason}`}>
          {reason} {rule && <EdgeRefLink reference={rule} />}
        </div>
      ))}
      <Text variant="body-small" color="secondary">
        <When held={props.held} eta={props.eta} />
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
