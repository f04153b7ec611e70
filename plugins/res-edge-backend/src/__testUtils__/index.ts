export * from './createTestFleet';
export * from './TestPolicy';
export * from './testFleet';
export * from './testRecords';
export * from './testCalls';
export * from './testFleetService';
export * from './createTestInventory';
export * from './createTestApi';
