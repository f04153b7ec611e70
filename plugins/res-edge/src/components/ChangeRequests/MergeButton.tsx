import { useState } from 'react';
import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
  Text,
} from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  ChangeRequest,
  resEdgeChangeRequestMergePermission,
} from '@res-edge/backstage-plugin-res-edge-common';
import { resEdgeApiRef } from '../../api';
import { TotalsOfChange } from './TotalsOfChange';
import common from '../common/common.module.css';
import styles from './changes.module.css';

function isConflict(error: Error): boolean {
  const { name, statusCode } = error as Error & { statusCode?: number };
  return name === 'ConflictError' || statusCode === 409;
}

/**
 * Merges a change request after a confirmation, or says why that cannot be done. What is merged is the decision that
 * stands on the page: where the backend has another one by now, the page must be read again first.
 */
export function MergeButton(props: {
  changeRequest: ChangeRequest;
  onChanged: () => void;
}) {
  const { changeRequest, onChanged } = props;
  const api = useApi(resEdgeApiRef);
  const { allowed, loading } = usePermission({
    permission: resEdgeChangeRequestMergePermission,
  });
  const [open, setOpen] = useState(false);
  const [merging, setMerging] = useState(false);
  const [error, setError] = useState<Error>();

  const reason = reasonAgainst(changeRequest, allowed || loading);
  const merge = async () => {
    setMerging(true);
    setError(undefined);
    try {
      await api.mergeChangeRequest({
        id: changeRequest.id,
        digest: changeRequest.digest,
      });
    } catch (caught) {
      setError(caught as Error);
    }
    setMerging(false);
    setOpen(false);
    onChanged();
  };

  return (
    <div className={styles.headActions}>
      <DialogTrigger isOpen={open} onOpenChange={setOpen}>
        <Button
          variant="primary"
          isDisabled={loading || reason !== undefined}
          aria-describedby={reason && 'merge-reason'}
        >
          Merge
        </Button>
        <Dialog>
          <DialogHeader>Merge into main?</DialogHeader>
          <DialogBody className={common.stack}>
            <Text as="p">{changeRequest.title}</Text>
            <Text as="p">
              <TotalsOfChange totals={changeRequest.totals} />
            </Text>
            <Text as="p" color="secondary">
              Delivery follows the merge by itself.
            </Text>
          </DialogBody>
          <DialogFooter>
            <Button variant="secondary" slot="close" isDisabled={merging}>
              Cancel
            </Button>
            <Button variant="primary" onPress={merge} isPending={merging}>
              Merge now
            </Button>
          </DialogFooter>
        </Dialog>
      </DialogTrigger>
      {reason && (
        <Text id="merge-reason" variant="body-small" color="secondary">
          {reason}
        </Text>
      )}
      {error && (
        <Alert
          role="alert"
          status={isConflict(error) ? 'warning' : 'danger'}
          icon
          title={
            isConflict(error)
              ? 'Changed meanwhile: read again'
              : 'Could not merge'
          }
          description={error.message}
        />
      )}
    </div>
  );
}

function reasonAgainst(
  changeRequest: ChangeRequest,
  allowed: boolean,
): string | undefined {
  if (!allowed) {
    return 'You are not permitted to merge change requests.';
  }
  if (!changeRequest.mergeable) {
    return changeRequest.blocked ?? 'It cannot be merged now.';
  }
  return undefined;
}
