export * from './FleetView';
export * from './operations';
export * from './createRouter';
