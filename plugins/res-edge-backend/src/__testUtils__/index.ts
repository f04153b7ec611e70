export * from './testFleet';
export * from './testRecords';
export * from './testCalls';
