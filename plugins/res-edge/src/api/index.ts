export { resEdgeApiRef } from './resEdgeApiRef';
