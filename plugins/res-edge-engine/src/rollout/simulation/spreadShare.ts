import { Bitmap } from '../../bitmap';

/**
 * A share of some clusters, evenly spread over them; the same input gives the same.
 *
 * @param share - from 0 to 1
 * @public
 */
export function spreadShare(clusters: Bitmap, share: number): Bitmap {
  const result = Bitmap.empty(clusters.size);
  let seen = 0;
  clusters.forEach(cluster => {
    if (Math.floor((seen + 1) * share) > Math.floor(seen * share))
      result.add(cluster);
    seen += 1;
  });
  return result;
}
