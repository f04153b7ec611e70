export { contentKey } from './Artifact';
export type { Artifact, ArtifactFile, ArtifactOrigin } from './Artifact';
export { MOVING_TAG } from './artifactManifest';
export { ArtifactPusher } from './ArtifactPusher';
export { parseRegistryAddress } from './RegistryAddress';
export type { RegistryAddress } from './RegistryAddress';
export { RegistryClient } from './RegistryClient';
export { RegistryError } from './RegistryError';
export type { RegistryCredentials } from './RegistryAuthorization';
