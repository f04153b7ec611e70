import { ExplanationStep } from '@res-edge/backstage-plugin-res-edge-common';
import { HoldReason, WaitingChange } from '../hold';

/**
 * Step 4: whether changes may reach the cluster now, and if not, what holds them back and until when.
 *
 * @param waiting - undefined where nothing holds them back
 * @public
 */
export function explainHold(
  waiting: WaitingChange | undefined,
): ExplanationStep {
  const step = 'hold' as const;
  if (!waiting) {
    return {
      step,
      verdict: 'passed',
      message: 'Changes may reach this cluster now',
      wouldChange:
        'A window of its namespace that is closed, or a freeze that selects it',
    };
  }
  const { reasons, next } = waiting;
  const described = reasons.map(({ reason, until }) =>
    until ? `${reason}, until ${minuteOf(until)}` : reason,
  );
  return {
    step,
    verdict: 'failed',
    rule: reasons[0].rule,
    message: `What is delivered stays for now: ${described.join('; ')}`,
    wouldChange: opening(reasons[0], next),
  };
}

/** What would let changes come. */
function opening({ rule }: HoldReason, next: Date | undefined): string {
  if (rule.startsWith('edgecluster:')) {
    return 'The state of the cluster: active again, it gets all at once';
  }
  return next
    ? `Time: changes may come at ${minuteOf(
        next,
      )}. Earlier by an override that a person merges`
    : 'An override that a person merges, or another rule';
}

function minuteOf(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
