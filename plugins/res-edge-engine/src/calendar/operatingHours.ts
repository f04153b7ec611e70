import { DateTime } from 'luxon';
import { Interval, merged } from './Interval';
import { firstOf, lastOf } from './parsePointInTime';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** When a cluster is open on one day of the week: minutes since midnight, `end` may be on the next day. */
interface DayHours {
  readonly start: number;
  readonly end: number;
}

/**
 * When a cluster with these operating hours is open within `range`. Hours that end at or before their start end on the
 * next day. Where a clock is set back, the hour that comes twice counts as open both times.
 *
 * @param hours - as `spec.hours` of a cluster has them: `{ 'mon-fri': '06:00-23:00' }`
 * @internal
 */
export function openHours(
  hours: Readonly<Record<string, string>>,
  timeZone: string,
  range: Interval,
): Interval[] {
  const week = weekOf(hours);
  const open: Interval[] = [];
  let day = DateTime.fromMillis(range.start, { zone: timeZone })
    .startOf('day')
    .minus({ days: 1 });
  for (; day.toMillis() < range.end; day = day.plus({ days: 1 })) {
    for (const { start, end } of week[day.weekday - 1]) {
      open.push({
        start: firstOf(at(day, start)).toMillis(),
        end: lastOf(at(day, end)).toMillis(),
      });
    }
  }
  return merged(open).filter(
    ({ start, end }) => end > range.start && start < range.end,
  );
}

function weekOf(hours: Readonly<Record<string, string>>): DayHours[][] {
  const week = DAYS.map((): DayHours[] => []);
  for (const [days, times] of Object.entries(hours)) {
    const [first, last = first] = days.split('-').map(day => DAYS.indexOf(day));
    const [start, end] = times.split('-').map(minutesOf);
    for (let day = first; ; day = (day + 1) % 7) {
      week[day].push({ start, end: end > start ? end : end + 24 * 60 });
      if (day === last) break;
    }
  }
  return week;
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** By the clock on the wall, not by what has passed since midnight. */
function at(day: DateTime, minutes: number): DateTime {
  const date = day.plus({ days: Math.floor(minutes / (24 * 60)) });
  const rest = minutes % (24 * 60);
  return date.set({ hour: Math.floor(rest / 60), minute: rest % 60 });
}
