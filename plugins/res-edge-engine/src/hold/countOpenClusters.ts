import { Bitmap } from '../bitmap';
import { Window } from '../calendar';
import { Snapshot } from '../snapshot';
import { calendarClasses } from './calendarClasses';

const HOUR = 60 * 60_000;

/**
 * On how many of these clusters a change may begin in each hour, as a window says by itself: freezes and overrides count
 * for nothing here.
 *
 * @param hours - the first hour in milliseconds since 1970, and how many of them
 * @public
 */
export function countOpenClusters(
  window: Window,
  { snapshot, clusters }: { snapshot: Snapshot; clusters: Bitmap },
  hours: { from: number; count: number },
): number[] {
  const { from, count } = hours;
  const counts = new Array<number>(count).fill(0);
  // So far that a minimum which begins in the last hour is seen whole.
  const range = { start: from, end: from + count * HOUR + window.minimum };
  for (const calendarClass of calendarClasses(snapshot)) {
    const own = calendarClass.clusters.clone().and(clusters).count();
    if (own === 0) continue;
    for (const hour of openHours(window, calendarClass.calendar, range))
      if (hour < count) counts[hour] += own;
  }
  return counts;
}

/** The hours of a range, by number, in which a change may begin. */
function openHours(
  window: Window,
  calendar: Parameters<Window['openings']>[0],
  range: Parameters<Window['openings']>[1],
): ReadonlySet<number> {
  const hours = new Set<number>();
  const hourOf = (time: number) => Math.floor((time - range.start) / HOUR);
  for (const { start, end } of window.openings(calendar, range)) {
    const begin = Math.max(start, range.start);
    // The last moment at which the minimum is left; without one, the end itself is too late.
    const last = window.minimum > 0 ? end - window.minimum : end - 1;
    if (last < begin) continue;
    for (let hour = hourOf(begin); hour <= hourOf(last); hour++)
      hours.add(hour);
  }
  return hours;
}
