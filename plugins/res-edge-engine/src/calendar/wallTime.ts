import { DateTime } from 'luxon';
import { firstOf, lastOf } from './parsePointInTime';

/** When a clock on a wall shows something: once, or twice where it is set back. Milliseconds since 1970. */
interface WallTime {
  readonly first: number;
  readonly last: number;
}

/** Stores of one time zone open and close at the same few times: each is asked for thousands of times. */
const known = new Map<string, Map<number, WallTime>>();
const MAX_KNOWN = 20_000;

/**
 * When the clocks of a time zone show a time; one that they skip is the moment after the skip.
 *
 * @param wall - as a clock on a wall shows it: milliseconds as if it were UTC
 * @internal
 */
export function wallTime(timeZone: string, wall: number): WallTime {
  if (timeZone === 'UTC') return { first: wall, last: wall };
  let times = known.get(timeZone);
  if (!times) known.set(timeZone, (times = new Map()));
  let found = times.get(wall);
  if (!found) {
    const time = DateTime.fromMillis(wall, { zone: 'UTC' }).setZone(timeZone, {
      keepLocalTime: true,
    });
    found = {
      first: firstOf(time).toMillis(),
      last: lastOf(time).toMillis(),
    };
    if (times.size >= MAX_KNOWN) times.clear();
    times.set(wall, found);
  }
  return found;
}

/** What the clocks of a time zone show, as {@link wallTime} takes it. @internal */
export function wallOf(timeZone: string, instant: number): number {
  const { offset } = DateTime.fromMillis(instant, { zone: timeZone });
  return instant + offset * 60_000;
}
