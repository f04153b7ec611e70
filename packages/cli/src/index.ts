/**
 * `resedge`, the command line of Res-Edge.
 *
 * @packageDocumentation
 */
export { runCommandLine } from './runCommandLine';
export type { Streams, Surroundings, Writable } from './terminal/Streams';
