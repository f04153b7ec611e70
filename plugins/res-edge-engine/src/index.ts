/**
 * The decisions of Res-Edge: selectors, hierarchy, placement, values and layout, as pure functions.
 *
 * @packageDocumentation
 */
export * from './model';
export * from './layout';
export * from './bitmap';
export * from './quantity';
export * from './snapshot';
export * from './selector';
export * from './decide';
export * from './values';
export * from './calendar';
export * from './hold';
export * from './rollout';
export * from './explain';
export * from './difference';
export * from './approval';
export * from './guard';
export * from './status';
export * from './bootstrap';
