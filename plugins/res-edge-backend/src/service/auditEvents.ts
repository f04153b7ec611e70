import { ResEdgeOperationId } from '@res-edge/backstage-plugin-res-edge-common';

/** How an operation that changes something stands in the audit log. @internal */
export interface AuditEvent {
  readonly eventId: string;
  readonly severityLevel: 'low' | 'medium' | 'high' | 'critical';
}

/** The operations that change something: each call is an event, refused ones too. @internal */
export const auditEvents: ReadonlyMap<ResEdgeOperationId, AuditEvent> = new Map(
  [
    ['runPlan', { eventId: 'plan-run', severityLevel: 'low' }],
    [
      'mergeChangeRequest',
      { eventId: 'change-request-merge', severityLevel: 'high' },
    ],
    [
      'approveChangeRequest',
      { eventId: 'change-request-approve', severityLevel: 'high' },
    ],
    [
      'refuseChangeRequest',
      { eventId: 'change-request-refuse', severityLevel: 'medium' },
    ],
    ['breakGlass', { eventId: 'break-glass', severityLevel: 'critical' }],
    ['adoptDrift', { eventId: 'drift-adopt', severityLevel: 'high' }],
    ['signOffGuard', { eventId: 'guard-sign-off', severityLevel: 'high' }],
    ['commandRollout', { eventId: 'rollout-command', severityLevel: 'high' }],
    ['discardDrift', { eventId: 'drift-discard', severityLevel: 'high' }],
    ['createEntity', { eventId: 'entity-create', severityLevel: 'medium' }],
    ['applyEntity', { eventId: 'entity-apply', severityLevel: 'medium' }],
    ['patchEntity', { eventId: 'entity-patch', severityLevel: 'medium' }],
    ['deleteEntity', { eventId: 'entity-delete', severityLevel: 'medium' }],
    ['importRecords', { eventId: 'record-import', severityLevel: 'medium' }],
    ['storeSource', { eventId: 'source-store', severityLevel: 'low' }],
    ['reportStatus', { eventId: 'status-report', severityLevel: 'low' }],
    ['writeEntities', { eventId: 'entity-batch', severityLevel: 'medium' }],
  ],
);
