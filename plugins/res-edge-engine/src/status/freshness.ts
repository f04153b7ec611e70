/**
 * How long ago a cluster was heard of. `stale`: longer than it should be; `offline`: so long that nothing is expected
 * of it; `awaited`: its first report has time yet; `unknown`: it never came.
 *
 * @public
 */
export type Freshness = 'fresh' | 'awaited' | 'stale' | 'offline' | 'unknown';

/** All of them, the best first. @public */
export const FRESHNESS: readonly Freshness[] = [
  'fresh',
  'awaited',
  'stale',
  'offline',
  'unknown',
];

/** In milliseconds since the cluster was last heard of. @public */
export interface FreshnessLimits {
  readonly staleAfter: number;
  readonly offlineAfter: number;
}

/**
 * @param heardAt - in milliseconds, as is `now`
 * @param awaitedSince - since when a cluster that was never heard of is told what to run; undefined where it is told nothing
 * @public
 */
export function freshnessOf(
  heardAt: number | undefined,
  now: number,
  { staleAfter, offlineAfter }: FreshnessLimits,
  awaitedSince?: number,
): Freshness {
  if (heardAt === undefined) {
    const isAwaited =
      awaitedSince !== undefined && now - awaitedSince < staleAfter;
    return isAwaited ? 'awaited' : 'unknown';
  }
  const silent = now - heardAt;
  if (silent >= offlineAfter) return 'offline';
  return silent >= staleAfter ? 'stale' : 'fresh';
}
