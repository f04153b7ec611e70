export * from './createAutomation';
