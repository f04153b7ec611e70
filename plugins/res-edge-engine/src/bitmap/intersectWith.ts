import { Bitmap, keepIntersection } from './Bitmap';

/** More numbers are not worth being looked at one by one. */
const MAX_DIFFERING = 500;

/**
 * Intersects many sets with one, of which it is known what it was before.
 *
 * @returns the very set of before where that is what both hold; `isSame`: the other set is as it was before
 * @internal
 */
export function intersectWith(
  before: Bitmap | undefined,
  now: Bitmap,
): (old: Bitmap | undefined, set: Bitmap, isSame: boolean) => Bitmap {
  const numbers = before?.differing(now, MAX_DIFFERING);
  const part = numbers && now.pick(numbers);
  return (old, set, isSame) =>
    old && isSame && numbers && part
      ? old.patched(numbers, set.pick(numbers).and(part))
      : keepIntersection(old, set, now);
}
