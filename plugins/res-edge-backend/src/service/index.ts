export * from './FleetView';
export * from './auditEvents';
export * from './operations';
export * from './createRouter';
export * from './serveDocument';
export * from './ChangeSignals';
export * from './InventoryWriter';
export * from './checkTexts';
