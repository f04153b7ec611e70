export * from './edgeEntityResource';
export * from './edgeEntityRules';
export * from './edgeEntityConditions';
