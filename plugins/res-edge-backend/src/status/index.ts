export * from './createStatus';
export * from './createStatusWebhooks';
export * from './FleetStatus';
export * from './readStatusOptions';
export * from './StatusKeys';
export * from './StatusReport';
export * from './StatusSubjects';
