import { Interval, merged } from './Interval';
import { wallOf, wallTime } from './wallTime';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
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
  let day = Math.floor(wallOf(timeZone, range.start) / DAY) - 1;
  for (; wallTime(timeZone, day * DAY).first < range.end; day++) {
    for (const { start, end } of week[weekdayOf(day)]) {
      open.push({
        start: wallTime(timeZone, day * DAY + start * MINUTE).first,
        end: wallTime(timeZone, day * DAY + end * MINUTE).last,
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

/** Of days since 1970, which began with a Thursday; from 0 for Monday. */
function weekdayOf(day: number): number {
  return (day + 3) % 7;
}
