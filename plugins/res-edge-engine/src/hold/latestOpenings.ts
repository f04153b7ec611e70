import { Bitmap } from '../bitmap';
import { Opening } from './HoldClock';

/** What holds some clusters, and when it lets those change of which that is known. @public */
export interface HeldUntil {
  readonly clusters: Bitmap;
  readonly openings: readonly Opening[];
}

/** When nothing of it holds a cluster any more, as far as that is known of all that does; the latest first. @public */
export function latestOpenings(
  size: number,
  all: readonly HeldUntil[],
): Opening[] {
  const taken = Bitmap.empty(size);
  for (const { clusters, openings } of all) {
    const unknown = clusters.clone();
    for (const opening of openings) unknown.andNot(opening.clusters);
    taken.or(unknown);
  }
  const byTime = new Map<number, Bitmap>();
  const latestFirst = all
    .flatMap(({ openings }) => openings)
    .sort((a, b) => b.at.getTime() - a.at.getTime());
  for (const { at, clusters } of latestFirst) {
    const own = clusters.clone().andNot(taken);
    if (own.isEmpty()) continue;
    taken.or(own);
    const known = byTime.get(at.getTime());
    byTime.set(at.getTime(), known ? known.or(own) : own);
  }
  return [...byTime].map(([time, clusters]) => ({
    at: new Date(time),
    clusters,
  }));
}
