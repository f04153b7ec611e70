import { Interval } from './Interval';
import { ClusterCalendar, Window } from './Window';

const DAY = 24 * 60 * 60_000;
/** Most windows open within two weeks; what does not open within a good year never does. */
const HORIZONS = [15 * DAY, 400 * DAY];

/**
 * The first time from `from` on at which a change may begin: what is left of the opening then is at least the window's
 * minimum. `start` is `from` where the window is open; `end` is when the opening ends, as far as was looked ahead.
 *
 * @returns undefined where it does not open within 400 days
 * @public
 */
export function nextOpening(
  window: Window,
  cluster: ClusterCalendar,
  from: number,
): Interval | undefined {
  for (const horizon of HORIZONS) {
    const last = from + horizon;
    // So far that a minimum which begins before the end of the horizon is seen whole.
    const range = { start: from, end: last + window.minimum };
    for (const opening of window.openings(cluster, range)) {
      const start = Math.max(opening.start, from);
      if (start < last && start + window.minimum <= opening.end) {
        return { start, end: opening.end };
      }
    }
  }
  return undefined;
}
