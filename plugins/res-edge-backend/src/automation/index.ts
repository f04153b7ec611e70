export { Approvals } from './Approvals';
export * from './createAutomation';
export * from './DeliveryRetention';
