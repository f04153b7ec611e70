export * from './openTarget';
