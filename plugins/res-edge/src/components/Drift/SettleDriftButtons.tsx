import { Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import {
  Drift,
  resEdgeDriftAdoptPermission,
  resEdgeDriftDiscardPermission,
} from '@res-edge/backstage-plugin-res-edge-common';
import { resEdgeApiRef } from '../../api';
import { ConfirmedButton } from '../common';
import styles from './drift.module.css';

/** Takes over what was changed by hand, or takes it back; each after a confirmation. */
export function SettleDriftButtons(props: {
  drift: Drift;
  onSettled: () => void;
}) {
  const { drift, onSettled } = props;
  const { kind, name, digest } = drift;
  const api = useApi(resEdgeApiRef);
  const request = (reason: string | undefined) => ({
    kind,
    name,
    digest,
    reason,
  });
  return (
    <div className={styles.buttons}>
      <ConfirmedButton
        label="Adopt"
        question="Adopt the change?"
        confirm="Adopt now"
        permission={resEdgeDriftAdoptPermission}
        notPermitted="You are not permitted to adopt changes by hand."
        reasonAgainst={
          drift.readable ? undefined : 'What cannot be read cannot be adopted.'
        }
        failure="Could not adopt"
        reason="optional"
        run={reason => api.adoptDrift(request(reason))}
        onDone={onSettled}
      >
        <Text as="p">
          It stays as it is on main. Where the registered entity says something
          else, that becomes a change request.
        </Text>
      </ConfirmedButton>
      <ConfirmedButton
        label="Discard"
        question="Discard the change?"
        confirm="Discard now"
        permission={resEdgeDriftDiscardPermission}
        notPermitted="You are not permitted to discard changes by hand."
        failure="Could not discard"
        reason="optional"
        variant="secondary"
        run={reason => api.discardDrift(request(reason))}
        onDone={onSettled}
      >
        <Text as="p">
          A new commit brings its files back to what they were before; delivery
          follows by itself.
        </Text>
      </ConfirmedButton>
    </div>
  );
}
