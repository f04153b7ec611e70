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
  if (options.engine === 'argocd') return argoCdBootstrap(options);
  const files = fluxBootstrap(options);
  // Arc's Kustomizations cannot patch, which those of an artifact need.
  return options.artifact ? files : [...files, ...arcBootstrap(options)];
}
