import { Bitmap } from '../../bitmap';

/** The same share of each of several rings, beside some clusters. @public */
export function shareOfRings(
  rings: ReadonlyMap<string, Bitmap>,
  share: number,
  without?: Bitmap,
): Bitmap {
  const [first, ...others] = [...rings.values()].map(ring =>
    spreadShare(without ? ring.clone().andNot(without) : ring, share),
  );
  return others.reduce((all, ring) => all.or(ring), first);
}

/**
 * A share of some clusters, evenly spread over them; the same input gives the same.
 *
 * @param share - from 0 to 1
 */
function spreadShare(clusters: Bitmap, share: number): Bitmap {
  const result = Bitmap.empty(clusters.size);
  let seen = 0;
  clusters.forEach(cluster => {
    if (Math.floor((seen + 1) * share) > Math.floor(seen * share))
      result.add(cluster);
    seen += 1;
  });
  return result;
}
