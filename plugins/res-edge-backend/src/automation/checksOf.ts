import { Approval } from '@res-edge/backstage-plugin-res-edge-common';
import { Check, StoredChangeRequest } from '../database';
import { approvableOf } from './ApprovableDecision';
import { describeApproval } from './describeApproval';

/** A merge without the approvals that it needs. @internal */
export interface BrokenGlass {
  readonly actor: string;
  readonly reason: string;
}

/**
 * Whether a change request may be merged, as the portal sees it.
 *
 * @param approvals - those that it needs, as they stand
 * @param brokenGlass - who merges it without them, and why
 * @internal
 */
export function checksOf(
  request: StoredChangeRequest,
  approvals: readonly Approval[],
  brokenGlass?: BrokenGlass,
): Check[] {
  const { link } = approvableOf(request);
  return [
    { name: 'res-edge/approvals', link, ...agreed(approvals, brokenGlass) },
    { name: 'res-edge/guards', link, ...guarded(request) },
  ];
}

function agreed(
  approvals: readonly Approval[],
  brokenGlass?: BrokenGlass,
): Pick<Check, 'state' | 'text'> {
  if (approvals.length === 0)
    return { state: 'success', text: 'Nobody has to agree' };
  const missing = approvals.filter(({ state }) => state !== 'given');
  if (missing.length === 0) {
    const words = approvals.flatMap(({ steps }) =>
      steps.flatMap(({ given }) => given.map(({ actor }) => actor)),
    );
    const who = [...new Set(words)].sort().join(', ');
    return { state: 'success', text: `Agreed: ${who}` };
  }
  if (brokenGlass)
    return {
      state: 'success',
      text: `${brokenGlass.actor} merges without approval: ${brokenGlass.reason}`,
    };
  return {
    state: missing.some(({ refusal }) => refusal) ? 'failure' : 'pending',
    text: missing.map(describeApproval).join('; '),
  };
}

function guarded({
  blocked,
  totals: { lost },
}: StoredChangeRequest): Pick<Check, 'state' | 'text'> {
  if (blocked) return { state: 'failure', text: blocked };
  return {
    state: 'success',
    text:
      lost === 0
        ? 'Takes nothing away'
        : `Merging signs off that ${lost} placement${
            lost === 1 ? ' is' : 's are'
          } taken away`,
  };
}
