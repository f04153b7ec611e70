/**
 * The plugin for the new frontend system, as the default export.
 *
 * @packageDocumentation
 */
export { plugin as default } from './plugin';
