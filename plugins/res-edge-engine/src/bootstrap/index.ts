export type {
  BootstrapArtifact,
  BootstrapFile,
  BootstrapOptions,
} from './BootstrapOptions';
export { findMaintenance } from './Maintenance';
export type { Maintenance } from './Maintenance';
export { renderBootstrap } from './renderBootstrap';
