/**
 * Scaffolder actions of Res-Edge.
 *
 * @packageDocumentation
 */
export { scaffolderModuleResEdge as default } from './module';
