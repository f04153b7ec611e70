/**
 * The plugin for the new frontend system, as the default export.
 *
 * @packageDocumentation
 */
export { resEdgePlugin as default } from './resEdgePlugin';
