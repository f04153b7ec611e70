export * from './AuditPage';
export * from './EntityAuditLink';
