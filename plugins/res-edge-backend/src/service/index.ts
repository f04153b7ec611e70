export * from './FleetView';
export * from './Operations';
export * from './createRouter';
