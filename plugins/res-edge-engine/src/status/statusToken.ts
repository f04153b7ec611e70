import { createHmac } from 'node:crypto';

/**
 * The secret with which a cluster signs what it reports, in hexadecimal: derived from one key and the name of the
 * cluster, so that nobody stores one for each, and a stolen one is good for no other cluster.
 *
 * @param key - `resEdge.status.key`
 * @public
 */
export function statusToken(key: string, cluster: string): string {
  return createHmac('sha256', key)
    .update(`res-edge/status/cluster/${cluster}`)
    .digest('hex');
}
