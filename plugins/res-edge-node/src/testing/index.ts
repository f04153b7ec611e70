export { buildAsArgoCd } from './buildAsArgoCd';
export { buildAsFlux } from './buildAsFlux';
export { parseObjects } from './buildFolder';
export type { BuiltObject, ClusterBuild, FileTree } from './buildFolder';
