import { GitSource } from '@res-edge/backstage-plugin-res-edge-common';

/** What main says of where a source from Git was captured. @public */
export function gitOrigin(source: GitSource, commit: string): string {
  return `${prefixOf(source)}${commit}`;
}

/** Whether a capture is of this source, at whatever commit its revision was then. @internal */
export function isCapturedFrom(source: GitSource, origin: string): boolean {
  return origin.startsWith(prefixOf(source));
}

function prefixOf({ url, path = '.', revision }: GitSource): string {
  return `${url} ${path} at ${revision}, commit `;
}
