export * from './InventoryProvider';
export * from './InventoryReader';
export * from './ResEdgeApiProvider';
export * from './scheduleRefresh';
