export * from './FleetView';
export * from './operations';
export * from './createRouter';
export * from './serveDocument';
