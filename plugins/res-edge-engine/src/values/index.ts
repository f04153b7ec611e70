export * from './resolveClusterValues';
