import { UsageError } from '../UsageError';

/**
 * The address of a server without a slash at its end.
 *
 * @param place - what gave it, for the error
 * @throws UsageError where it is no address by HTTP or HTTPS, or holds a user, a query or a fragment
 * @internal
 */
export function checkServer(server: string, place: string): string {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError(
      `${place} is no address such as https://backstage.example.com`,
    );
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new UsageError(
      `${place} may have no user, no query and no fragment; a token is given by RESEDGE_TOKEN or a file`,
    );
  }
  return url.href.replace(/\/+$/, '');
}
