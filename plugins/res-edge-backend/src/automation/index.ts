export * from './createAutomation';
export * from './DeliveryRetention';
