export * from './FleetView';
export * from './operations';
export * from './createRouter';
export * from './serveDocument';
export * from './InventoryWriter';
