export { type Fact, Column } from './Column';
export * from './FactIndex';
export { type CapacityClasses } from './CapacityIndex';
export {
  ATTRIBUTE_TYPES,
  type AttributeType,
  type ClusterField,
} from './clusterFacts';
export { type GroupIndex } from './GroupIndex';
export { ChunkedArray } from './ChunkedArray';
export * from './Snapshot';
export * from './reference';
