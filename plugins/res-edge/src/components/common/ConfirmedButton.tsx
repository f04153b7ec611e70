import { ReactNode, useId, useState } from 'react';
import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
  Text,
  TextField,
} from '@backstage/ui';
import { usePermission } from '@backstage/plugin-permission-react';
import { resEdgeBasicPermissions } from '@res-edge/backstage-plugin-res-edge-common';
import styles from './common.module.css';

/** What a button does once somebody has confirmed it. */
export interface ConfirmedAction {
  label: string;
  /** The question of the dialog. */
  question: string;
  /** What the dialog's button says. */
  confirm: string;
  permission: (typeof resEdgeBasicPermissions)[number];
  /** Said where the permission is missing. */
  notPermitted: string;
  /** Why it cannot be done now, whoever asks. */
  reasonAgainst?: string;
  /** What is said where it fails. */
  failure: string;
  /** Whether the dialog asks for a reason. */
  reason?: 'optional' | 'required';
  variant?: 'primary' | 'secondary';
  run: (reason: string | undefined) => Promise<unknown>;
  /** Called after each try: what stands on the page may be old by then. */
  onDone: () => void;
  children: ReactNode;
}

function isConflict(error: Error): boolean {
  const { name, statusCode } = error as Error & { statusCode?: number };
  return name === 'ConflictError' || statusCode === 409;
}

/**
 * A button that changes something: it asks for a confirmation, says why it cannot be used, and says what went wrong. What
 * is confirmed is what stands on the page; where the backend has something else by now, the page must be read again first.
 */
export function ConfirmedButton(props: ConfirmedAction) {
  const { label, variant = 'primary', onDone } = props;
  const { allowed, loading } = usePermission({ permission: props.permission });
  const [open, setOpen] = useState(false);
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<Error>();
  const [reason, setReason] = useState('');
  const reasonId = useId();

  const against = allowed || loading ? props.reasonAgainst : props.notPermitted;
  const given = reason.trim();
  const run = async () => {
    setRunning(true);
    setError(undefined);
    try {
      await props.run(given === '' ? undefined : given);
    } catch (caught) {
      setError(caught as Error);
    }
    setRunning(false);
    setOpen(false);
    onDone();
  };

  return (
    <div className={styles.confirmed}>
      <DialogTrigger isOpen={open} onOpenChange={setOpen}>
        <Button
          variant={variant}
          isDisabled={loading || against !== undefined}
          aria-describedby={against && reasonId}
        >
          {label}
        </Button>
        <Dialog>
          <DialogHeader>{props.question}</DialogHeader>
          <DialogBody className={styles.stack}>
            {props.children}
            {props.reason && (
              <TextField
                label="Reason"
                isRequired={props.reason === 'required'}
                maxLength={1000}
                value={reason}
                onChange={setReason}
              />
            )}
          </DialogBody>
          <DialogFooter>
            <Button variant="secondary" slot="close" isDisabled={running}>
              Cancel
            </Button>
            <Button
              variant="primary"
              onPress={run}
              isPending={running}
              isDisabled={props.reason === 'required' && given === ''}
            >
              {props.confirm}
            </Button>
          </DialogFooter>
        </Dialog>
      </DialogTrigger>
      {against && (
        <Text id={reasonId} variant="body-small" color="secondary">
          {against}
        </Text>
      )}
      {error && (
        <Alert
          role="alert"
          status={isConflict(error) ? 'warning' : 'danger'}
          icon
          title={
            isConflict(error) ? 'Changed meanwhile: read again' : props.failure
          }
          description={error.message}
        />
      )}
    </div>
  );
}
