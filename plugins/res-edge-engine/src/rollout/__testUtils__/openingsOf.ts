import { Bitmap } from '../../bitmap';
import { Opening } from '../../hold';

const HOUR = 60 * 60_000;

/** When stores may change again that may not now, by the hours of the day in which they may. */
export function openingsOf(
  stores: readonly { readonly open: readonly number[] }[],
  time: number,
): Opening[] {
  const hour = Math.floor(time / HOUR);
  return stores.flatMap(({ open }, i) => {
    const hours = open.map(each => (each - (hour % 24) + 24) % 24);
    if (hours.length === 0 || hours.includes(0)) return [];
    const at = new Date((hour + Math.min(...hours)) * HOUR);
    return { at, clusters: Bitmap.of(stores.length, [i]) };
  });
}
