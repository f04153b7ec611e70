import { compareStrings } from './compareStrings';
import { decodeCursor, encodeCursor, PageRequest } from './cursor';

/** One page of a list in memory. @internal */
export interface Page<T> {
  readonly items: T[];
  readonly total: number;
  readonly nextCursor?: string;
}

/**
 * Cuts a page out of a list that is sorted by `key`, part by part. The cursor is the key of the last item, so that a
 * list that changed between two pages skips and repeats nothing that stayed.
 *
 * @internal
 */
export function pageOf<T>(
  sorted: readonly T[],
  key: (item: T) => readonly string[],
  parts: number,
  { limit, cursor }: PageRequest,
): Page<T> {
  const after = decodeCursor<readonly string[]>(
    cursor,
    new Array<'string'>(parts).fill('string'),
  );
  const start = after
    ? firstAfter(sorted, item => compareKeys(key(item), after) > 0)
    : 0;
  const items = sorted.slice(start, start + limit);
  return {
    items,
    total: sorted.length,
    nextCursor:
      start + limit < sorted.length
        ? encodeCursor(key(items[items.length - 1]))
        : undefined,
  };
}

/** Orders keys part by part. @internal */
export function compareKeys(
  a: readonly string[],
  b: readonly string[],
): number {
  for (let index = 0; index < a.length; index++) {
    const order = compareStrings(a[index], b[index]);
    if (order !== 0) {
      return order;
    }
  }
  return 0;
}

/** The index of the first item that is past the cursor, by halving. */
function firstAfter<T>(
  sorted: readonly T[],
  isAfter: (item: T) => boolean,
): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isAfter(sorted[middle])) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}
