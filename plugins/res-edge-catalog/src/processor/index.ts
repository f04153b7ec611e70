export { EdgeEntitiesProcessor } from './EdgeEntitiesProcessor';
