export * from './resolveClusterValues';
export * from './compareValues';
