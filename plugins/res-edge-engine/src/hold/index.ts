export { type FeasibilityInput, type VersionNeeds } from './Changes';
export { type HoldSubject } from './HoldRule';
export * from './HoldSchedule';
export * from './PolicyEffect';
export * from './describePolicy';
export * from './holdChanges';
export * from './keepFeasible';
export { type FollowingHold } from './solveCluster';
export * from './waitingChange';
