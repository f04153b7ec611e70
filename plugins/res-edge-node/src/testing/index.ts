export { buildAsFlux, parseObjects } from './buildAsFlux';
export type { BuiltObject, ClusterBuild } from './buildAsFlux';
