/**
 * `resedge`, the command line of Res-Edge.
 *
 * @packageDocumentation
 */
export { runCommandLine } from './runCommandLine';
export type { Streams } from './terminal/Streams';
