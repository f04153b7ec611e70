export * from './TestRegistry';
