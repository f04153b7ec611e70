export type { BootstrapFile, BootstrapOptions } from './BootstrapOptions';
export { renderBootstrap } from './renderBootstrap';
