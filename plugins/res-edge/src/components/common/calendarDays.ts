const HOUR = 3_600_000;
const weekday = new Intl.DateTimeFormat('en', { weekday: 'short' });
const exact = new Intl.DateTimeFormat('en', {
  ...{ weekday: 'short', day: 'numeric', month: 'short' },
  ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
});

/** A day as a calendar of hours shows it. */
export interface CalendarDay {
  /** Where it begins, in hours from the beginning of the calendar. */
  start: number;
  weekday: string;
  day: number;
}

/** The days that begin within some hours, by the clock of the reader. */
export function calendarDays(from: string, hours: number): CalendarDay[] {
  const days: CalendarDay[] = [];
  const begin = Date.parse(from);
  const midnight = new Date(begin);
  midnight.setHours(0, 0, 0, 0);
  for (;;) {
    const start = (midnight.getTime() - begin) / HOUR;
    if (start >= hours) return days;
    if (start >= 0)
      days.push({
        start,
        weekday: weekday.format(midnight),
        day: midnight.getDate(),
      });
    // Not 24 hours: clocks are set.
    midnight.setDate(midnight.getDate() + 1);
  }
}

/** Where a time stands in a calendar, in hours from its beginning, and within it. */
export function hourOf(
  time: string,
  { from, hours }: { from: string; hours: number },
): number {
  const hour = (Date.parse(time) - Date.parse(from)) / HOUR;
  return Math.min(Math.max(hour, 0), hours);
}

/** `Fri, Nov 27, 14:00`, by the clock of the reader. */
export function exactTime(time: number | string): string {
  return exact.format(new Date(time));
}

/** Hours one after the other that are alike. */
export interface Stretch {
  start: number;
  length: number;
  value: number;
}

/** The stretches of a list of hours that are not 0. */
export function stretchesOf(values: readonly number[]): Stretch[] {
  const stretches: Stretch[] = [];
  values.forEach((value, hour) => {
    const last = stretches.at(-1);
    if (last && last.value === value) last.length++;
    else stretches.push({ start: hour, length: 1, value });
  });
  return stretches.filter(({ value }) => value > 0);
}
