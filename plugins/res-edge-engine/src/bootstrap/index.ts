export type { BootstrapDocument, BootstrapOptions } from './BootstrapOptions';
export { renderBootstrap } from './renderBootstrap';
