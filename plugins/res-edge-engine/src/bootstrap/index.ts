export type {
  BootstrapArtifact,
  BootstrapFile,
  BootstrapOptions,
} from './BootstrapOptions';
export { renderBootstrap } from './renderBootstrap';
