export { decide } from './decide';
export { matchesApplication } from './prohibitions';
export * from './decideNext';
