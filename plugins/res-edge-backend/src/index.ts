/**
 * The data service of Res-Edge and its automation.
 *
 * @packageDocumentation
 */
export { resEdgePlugin as default } from './plugin';
