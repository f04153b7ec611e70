import {
  Approval,
  ApprovalInbox,
  ChangeRequest,
  ChangeRequestDetails,
  Guard,
} from '@res-edge/backstage-plugin-res-edge-common';
import { effectLines, setLines } from '../../terminal/effectLines';
import { counted, printable, table } from '../../terminal/table';

/** What waits for the caller. @internal */
export function inboxText({ items }: ApprovalInbox): string {
  if (items.length === 0) return 'nothing waits for you\n';
  return table(
    ['KIND', 'ID', 'SINCE', 'APPROVALS', 'TITLE'],
    items.map(({ kind, id, since = '-', policies, title }) => [
      kind === 'guard' ? 'losses' : 'change request',
      ...[id, since, policies.join(','), title],
    ]),
  );
}

/** A decision as somebody reads it who is to agree. @internal */
export function decisionText(request: ChangeRequestDetails): string {
  const { id, title, state, digest, blocked, approvals, plan, files } = request;
  return linesText([
    `${title} (${state})`,
    `Digest: ${digest}`,
    ...(blocked === undefined ? [] : [`Blocked: ${blocked}`]),
    ...approvalLines(approvals),
    ...plan.effects.flatMap(effectLines),
    '',
    counted(files.length, 'file'),
    ...files.map(({ path, status }) => `  ${status} ${path}`),
    ...(state === 'open'
      ? ['', `To agree: resedge approve ${id} --digest ${digest}`]
      : []),
  ]);
}

/** How a change request stands after somebody's word. @internal */
export function answeredText(
  { title, state, mergeable, approvals }: ChangeRequest,
  said: string,
): string {
  return linesText([
    `${said}: ${title} (${state}${mergeable ? ', can be merged' : ''})`,
    ...approvalLines(approvals),
  ]);
}

/** What would be taken away. @internal */
export function guardText({
  id,
  scope,
  name,
  losses,
  ...guard
}: Guard): string {
  return linesText([
    `${guard.lost} of ${guard.total} clusters of ${scope} ${name} lose something`,
    ...approvalLines(guard.approvals),
    ...losses.flatMap(loss => [
      `${loss.kind} ${loss.name}`,
      ...setLines('lost', loss.clusters),
    ]),
    '',
    `To sign off: resedge approve ${id} --guard --reason WHY`,
  ]);
}

function approvalLines(approvals: readonly Approval[] = []): string[] {
  return approvals.flatMap(({ policy, state, steps, open, refusal }) => [
    `Approval ${policy}: ${state}`,
    ...steps.map(({ from, count, given }, index) => {
      const by = given.map(({ actor }) => actor).join(', ');
      const turn = index === open ? ' (asked now)' : '';
      return `  ${count} of ${from.join(', ')}${turn}${by && `: ${by}`}`;
    }),
    ...(refusal
      ? [`  refused by ${refusal.actor}: ${refusal.reason ?? ''}`]
      : []),
  ]);
}

function linesText(lines: readonly string[]): string {
  return lines.map(line => `${printable(line)}\n`).join('');
}
