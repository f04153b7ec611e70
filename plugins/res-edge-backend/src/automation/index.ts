export type { ArtifactUnit } from './shardArtifacts';
export { Approvals } from './Approvals';
export * from './createAutomation';
export * from './createSourcePoller';
export * from './DeliveryRetention';
export * from './PlanLoop';
export * from './RunSignal';
export * from './Writer';
