export type { JsonSchema } from './JsonSchema';
export * from './edgeApplicationSchema';
export * from './edgeClusterSchema';
export * from './edgeGroupSchema';
export * from './edgeNamespaceSchema';
export * from './edgePolicySchema';
