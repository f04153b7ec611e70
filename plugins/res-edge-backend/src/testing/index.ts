export * from './testFleet';
