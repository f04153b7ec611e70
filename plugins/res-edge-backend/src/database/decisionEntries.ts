import { parseEntityRef } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import { edgeKindOf } from '@res-edge/backstage-plugin-res-edge-common';
import { AuditEntry, AuditSource } from './AuditLog';

interface DecidedRequest {
  readonly id: string;
  readonly intent: string;
  readonly title: string;
}

/** What the audit log says of the entity that a merged change request was about. @internal */
export function mergeEntry(
  request: DecidedRequest & { readonly mergeCommit?: string },
  by: Pick<AuditEntry, 'actor' | 'request'>,
  /** Why it was merged without the approvals that it needed. */
  breakGlass?: string,
): AuditEntry {
  const { mergeCommit } = request;
  const operation = breakGlass === undefined ? 'merge' : 'break-glass';
  return decisionEntry(request, { ...by, operation }, 'merged', {
    ...(mergeCommit && { mergeCommit }),
    ...(breakGlass !== undefined && { reason: breakGlass }),
  });
}

/** What the audit log says of somebody's word to an open change request. @internal */
export function verdictEntry(
  request: DecidedRequest,
  verdict: 'approve' | 'refuse',
  said: JsonObject,
  by: Pick<AuditEntry, 'actor' | 'request'>,
): AuditEntry {
  return decisionEntry(request, { ...by, operation: verdict }, 'open', said);
}

function decisionEntry(
  { id, intent, title }: DecidedRequest,
  source: AuditSource,
  state: string,
  more: JsonObject,
): AuditEntry {
  const { kind, name } = parseEntityRef(intent);
  const about = { changeRequest: id, title };
  return {
    ...source,
    kind: edgeKindOf(kind) ?? kind,
    name,
    before: { ...about, state: 'open' },
    after: { ...about, state, ...more },
  };
}
