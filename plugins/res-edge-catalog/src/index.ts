/**
 * The kinds of Res-Edge in the catalog: their validation and relations.
 *
 * @packageDocumentation
 */
export { catalogModuleResEdge as default } from './module';
export { EdgeEntitiesProcessor } from './processor';
