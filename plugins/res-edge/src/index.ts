/**
 * The pages of Res-Edge in the portal. The plugin for the new frontend system is the default export of `./alpha`;
 * this entry holds the plugin for apps of the legacy frontend system, and what both share.
 *
 * @packageDocumentation
 */
export * from './api';
export {
  resEdgePlugin,
  EntityEdgeApplicationContent,
  EntityEdgeClusterContent,
  EntityEdgeGroupContent,
  EntityEdgeNamespaceContent,
  EntityEdgeProblemsCard,
  ResEdgePage,
  hasEdgeKind,
} from './plugin';
export * from './formFieldExtensions';
export * from './routes';
