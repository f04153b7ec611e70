export * from './Inventory';
export * from './Decisions';
export * from './Plan';
export * from './Holds';
export * from './Layout';
