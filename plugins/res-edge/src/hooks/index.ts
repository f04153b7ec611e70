export { useQueryParameter, useSubPath } from './router';
export { useDebounced } from './useDebounced';
export { usePages } from './usePages';
export type { Pages } from './usePages';
export { useResource } from './useResource';
export type { Resource } from './useResource';
