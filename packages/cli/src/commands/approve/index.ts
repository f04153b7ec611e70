export * from './approve';
