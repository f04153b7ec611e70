import { parseEntityRef } from '@backstage/catalog-model';
import { edgeKindOf } from '@res-edge/backstage-plugin-res-edge-common';
import { AuditEntry } from './AuditLog';

/** What the audit log says of the entity that a merged change request was about. @internal */
export function mergeEntry(
  request: {
    readonly id: string;
    readonly intent: string;
    readonly title: string;
    readonly mergeCommit?: string;
  },
  by: Pick<AuditEntry, 'actor' | 'request'>,
): AuditEntry {
  const { id, intent, title, mergeCommit } = request;
  const { kind, name } = parseEntityRef(intent);
  const about = { changeRequest: id, title };
  return {
    ...by,
    operation: 'merge',
    kind: edgeKindOf(kind) ?? kind,
    name,
    before: { ...about, state: 'open' },
    after: { ...about, state: 'merged', ...(mergeCommit && { mergeCommit }) },
  };
}
