export * from './Access';
export * from './AccessFactory';
export * from './registerPermissions';
export * from './VisibleFleet';
