export { decide } from './decide';
export { matchesApplication } from './prohibitions';
