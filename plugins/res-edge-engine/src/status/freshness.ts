/**
 * How long ago a cluster was heard of. `stale`: longer than it should be; `offline`: so long that nothing is expected
 * of it; `unknown`: it never was.
 *
 * @public
 */
export type Freshness = 'fresh' | 'stale' | 'offline' | 'unknown';

/** All of them, the best first. @public */
export const FRESHNESS: readonly Freshness[] = [
  'fresh',
  'stale',
  'offline',
  'unknown',
];

/** In milliseconds since the cluster was last heard of. @public */
export interface FreshnessLimits {
  readonly staleAfter: number;
  readonly offlineAfter: number;
}

/** @param heardAt - in milliseconds, as is `now` @public */
export function freshnessOf(
  heardAt: number | undefined,
  now: number,
  { staleAfter, offlineAfter }: FreshnessLimits,
): Freshness {
  if (heardAt === undefined) return 'unknown';
  const silent = now - heardAt;
  if (silent >= offlineAfter) return 'offline';
  return silent >= staleAfter ? 'stale' : 'fresh';
}
