export * from './ApprovalInboxSection';
export * from './ApprovalList';
