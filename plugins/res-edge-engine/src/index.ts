/**
 * The decisions of Res-Edge: selectors, hierarchy, placement, values and layout, as pure functions.
 *
 * @packageDocumentation
 */
export * from './model';
