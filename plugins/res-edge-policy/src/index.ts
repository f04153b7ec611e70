/**
 * A permission policy for Res-Edge by roles, to take as it is or to start from.
 *
 * @packageDocumentation
 */
export { permissionModuleResEdge as default } from './module';
export * from './RoleAssignment';
export * from './ResEdgePolicy';
