import { AuditEntry } from './types';

/** How a change came about, as the audit log says it. @public */
export type AuditOperation = AuditEntry['operation'];

/** All of them, in the order of the OpenAPI document. @public */
export const AUDIT_OPERATIONS = [
  'create',
  'replace',
  'apply',
  'patch',
  'delete',
  'batch',
  'import',
  'sync',
  'merge',
  'adopt',
  'discard',
  'sign-off',
  'approve',
  'refuse',
  'break-glass',
  'command',
  'poll',
  'run',
] as const satisfies readonly AuditOperation[];
