export * from './Guard';
export * from './Losses';
export * from './distinctGuards';
export * from './findGuards';
export * from './findLosses';
export * from './guardHolds';
export * from './heldLosses';
export * from './withoutNamed';
