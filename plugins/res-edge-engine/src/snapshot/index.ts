export { type Fact, Column } from './Column';
export * from './FactIndex';
export { type GroupIndex } from './GroupIndex';
export * from './Snapshot';
export * from './reference';
