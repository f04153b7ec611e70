export { findKustomize } from './findKustomize';
export { KustomizeBuilder } from './KustomizeBuilder';
export type { KustomizeBuilderOptions } from './KustomizeBuilder';
