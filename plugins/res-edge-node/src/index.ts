/**
 * What backend plugins use of Res-Edge and extend.
 *
 * @packageDocumentation
 */
export * from './clusterInventory';
export * from './ManifestBuilder';
export * from './kustomize';
export * from './permissions';
export * from './rolloutGates';
export * from './testing';
export * from './statusSource';
