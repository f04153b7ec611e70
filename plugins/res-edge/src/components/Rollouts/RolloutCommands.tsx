import { Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  resEdgeRolloutCommandPermission,
  RolloutCommand,
  RolloutDetails,
} from '@res-edge/backstage-plugin-res-edge-common';
import { resEdgeApiRef } from '../../api';
import { ConfirmedButton } from '../common';
import { rolloutSubject } from './rolloutSubject';
import styles from './rollouts.module.css';

/** What a command does to this rollout, in words. */
interface CommandText {
  label: string;
  question: string;
  effect: string;
  reason: 'optional' | 'required';
}

function textOf(command: RolloutCommand, rollout: RolloutDetails): CommandText {
  const { phase, rings } = rollout;
  const next = rings.find(ring => ring.phase === 'waiting')?.name ?? '';
  const isContent = rolloutSubject(rollout).kind !== 'EdgeApplication';
  const what = isContent ? 'this content' : rollout.version;
  switch (command) {
    case 'pause':
      return {
        label: 'Pause',
        question: 'Pause this rollout?',
        effect:
          'No other cluster changes until somebody resumes it. What has changed stays.',
        reason: 'optional',
      };
    case 'resume':
      return {
        label: 'Resume',
        question: 'Resume this rollout?',
        effect:
          phase === 'stopped'
            ? 'It goes on where it was, and stops again while as many clusters have failed.'
            : 'It goes on where it was.',
        reason: 'optional',
      };
    case 'promote':
      return {
        label: `Promote ${next}`,
        question: `Promote ${what} to ${next}?`,
        effect: `Ring ${next} begins, whatever the rings before it have met.`,
        reason: 'required',
      };
    case 'skip':
      return {
        label: `Skip ${next}`,
        question: `Skip ring ${next}?`,
        effect: `Ring ${next} keeps what it has; the one after it is next.`,
        reason: 'required',
      };
    case 'abort':
      return {
        label: 'Abort',
        question: 'Abort this rollout?',
        effect: `It ends here: clusters that have ${what} keep it, the others do not get it.`,
        reason: 'required',
      };
    case 'roll-back':
      return {
        label: 'Roll back',
        question: `Take ${what} back?`,
        effect: isContent
          ? 'All rings go back to the last content that has been through all of them, and wait for nobody to agree. Windows and freezes hold as always.'
          : 'Each ring gets back what it had before, and waits for nobody to agree. Windows and freezes hold as always.',
        reason: 'required',
      };
    default:
      return command satisfies never;
  }
}

/** The buttons for what the reader can ask of a rollout; a word instead where he can ask nothing. */
export function RolloutCommands(props: {
  rollout: RolloutDetails;
  onChanged: () => void;
}) {
  const { rollout, onChanged } = props;
  const { commands, commandsBlocked, id, rings } = rollout;
  const api = useApi(resEdgeApiRef);
  const permission = resEdgeRolloutCommandPermission;
  const { allowed, loading } = usePermission({ permission });
  const notPermitted = 'You are not permitted to command rollouts.';
  const against =
    commandsBlocked ?? (allowed || loading ? undefined : notPermitted);
  if (against && (commands.length > 0 || commandsBlocked)) {
    return (
      <Text as="p" variant="body-small" color="secondary">
        {against}
      </Text>
    );
  }
  const next = rings.find(ring => ring.phase === 'waiting')?.name;
  return (
    <div className={styles.commands}>
      {commands.map(command => {
        const text = textOf(command, rollout);
        const ring =
          command === 'promote' || command === 'skip' ? next : undefined;
        return (
          <ConfirmedButton
            key={command}
            label={text.label}
            question={text.question}
            confirm={text.label}
            variant={
              command === 'resume' || command === 'promote'
                ? 'primary'
                : 'secondary'
            }
            permission={permission}
            notPermitted={notPermitted}
            failure={`Could not ${command}`}
            reason={text.reason}
            run={reason => api.commandRollout({ id, command, ring, reason })}
            onDone={onChanged}
          >
            <Text as="p">{text.effect}</Text>
          </ConfirmedButton>
        );
      })}
    </div>
  );
}
