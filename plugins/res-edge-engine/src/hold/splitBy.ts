import { Bitmap } from '../bitmap';

/** Cuts sets so that each part is whole inside, or whole outside, of each of some others; none of them is empty. @internal */
export function splitBy(
  sets: readonly Bitmap[],
  others: readonly Bitmap[],
): Bitmap[] {
  const isThere = (set: Bitmap) => !set.isEmpty();
  return others.reduce(
    (parts, other) =>
      parts
        .flatMap(part => [part.clone().and(other), part.clone().andNot(other)])
        .filter(isThere),
    sets.filter(isThere),
  );
}
