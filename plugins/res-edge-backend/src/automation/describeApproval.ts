import { Approval } from '@res-edge/backstage-plugin-res-edge-common';
import {
  ApprovalVerdict,
  JudgedApproval,
} from '@res-edge/backstage-plugin-res-edge-engine';

/** An approval as it stands, in a sentence. @internal */
export function describeApproval({
  policy,
  state,
  steps,
  open,
  refusal,
}: Approval) {
  if (refusal)
    return `${refusal.actor} refused it by approval '${policy}': ${refusal.reason}`;
  if (state === 'early')
    return `approval '${policy}' was given in advance, and does not count yet`;
  if (open === undefined) return `approval '${policy}' is given`;
  const { from, count, given } = steps[open];
  return `approval '${policy}' waits for ${count - given.length} of ${from.join(
    ', ',
  )}`;
}

/** As the API shows it. @internal */
export function toApproval(
  policy: string,
  judgedApproval: JudgedApproval,
): Approval {
  const { state, steps, open, refusal } = judgedApproval;
  return {
    policy,
    state,
    steps: steps.map(({ from, count, given }) => ({
      from: [...from],
      count,
      given: given.map(toWord),
    })),
    ...(open !== undefined && { open }),
    ...(refusal && { refusal: toWord(refusal) }),
  };
}

function toWord({ actor, at, from, until, reason }: ApprovalVerdict) {
  return {
    actor,
    at: at.toISOString(),
    ...(from && { from: from.toISOString() }),
    ...(until && { until: until.toISOString() }),
    ...(reason !== undefined && { reason }),
  };
}
