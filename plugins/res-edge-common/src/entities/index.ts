export type { RegistryRule } from './RegistryRule';
export * from './types';
export * from './sources';
export * from './schemas';
export * from './EdgeEntityError';
export * from './validateEdgeEntity';
export * from './kinds';
export * from './approverRef';
export * from './catalogChange';
