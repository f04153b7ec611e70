export * from './ImportRecord';
export { readImport } from './readImport';
export type { ImportLimits, ImportSource } from './readImport';
export { checkRecords } from './checkRecords';
export type { ImportDefaults } from './checkRecords';
export type { CsvMapping } from './csvMapping';
export { factsOf } from './facts';
