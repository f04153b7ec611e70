export * from './ImportRecord';
export { readImport } from './readImport';
export type { ImportLimits, ImportSource } from './readImport';
