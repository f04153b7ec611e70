export * from './fleetQueries';
export * from './entityQueries';
export * from './groupQueries';
export * from './selectorQueries';
export * from './applicationQueries';
export * from './clusterQueries';
export * from './shownPlan';
export * from './countEntities';
