export * from './ImportRecord';
export { readImport } from './readImport';
export type { ImportLimits, ImportSource } from './readImport';
export { checkRecords } from './checkRecords';
export { factsOf } from './facts';
