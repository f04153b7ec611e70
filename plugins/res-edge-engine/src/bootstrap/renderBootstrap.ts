import { arcBootstrap } from './arcBootstrap';
import { argoCdBootstrap } from './argoCdBootstrap';
import { BootstrapFile, BootstrapOptions } from './BootstrapOptions';
import { fluxBootstrap } from './fluxBootstrap';

/**
 * All that has to be done on a cluster itself, once; everything else comes from Git.
 *
 * @returns files without any secret in them, in the order in which they are used
 * @public
 */
export function renderBootstrap(options: BootstrapOptions): BootstrapFile[] {
  return options.engine === 'argocd'
    ? argoCdBootstrap(options)
    : [...fluxBootstrap(options), ...arcBootstrap(options)];
}
