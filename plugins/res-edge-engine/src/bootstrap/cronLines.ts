import { Interval } from '../calendar';

const HOUR = 60;
const DAY = 24 * HOUR;
/** Minutes from one time to the next within an opening. */
const STEP = 10;

/**
 * Cron schedules of times within openings of a week: the beginning of each, and every ten minutes as long as it lasts.
 *
 * @param openings - in minutes since Monday 00:00
 * @internal
 */
export function cronLines(openings: readonly Interval[]): string[] {
  // By hour of the week its minutes.
  const hours = new Map<number, Set<number>>();
  for (const { start, end } of openings) {
    const first = Math.ceil(start / STEP) * STEP;
    add(start);
    for (let time = first; time < end; time += STEP) add(time);
  }
  function add(time: number) {
    const hour = Math.floor(time / HOUR);
    const known = hours.get(hour) ?? new Set();
    hours.set(hour, known.add(time % HOUR));
  }
  // Hours of a day with the same minutes, then days with the same hours.
  const days = new Map<string, Map<number, number[]>>();
  for (const [hour, minutes] of [...hours].sort(([a], [b]) => a - b)) {
    const text = minutesOf(minutes);
    const day = Math.floor(hour / 24);
    const known = days.get(text) ?? new Map<number, number[]>();
    known.set(day, [...(known.get(day) ?? []), hour % 24]);
    days.set(text, known);
  }
  const lines = new Map<string, number[]>();
  for (const [minutes, byDay] of days) {
    for (const [day, list] of byDay) {
      const line = `${minutes} ${listOf(list, 24)}`;
      lines.set(line, [...(lines.get(line) ?? []), day]);
    }
  }
  return [...lines].map(([line, list]) => `${line} * * ${daysOf(list)}`);
}

/**
 * Cron schedules of beginnings, each with how many minutes the openings last that begin then.
 *
 * @param openings - in minutes since Monday 00:00
 * @internal
 */
export function cronStretches(
  openings: readonly Interval[],
): { schedule: string; minutes: number }[] {
  const found = new Map<string, number[]>();
  for (const { start, end } of openings) {
    const time = start % DAY;
    const key = `${time % HOUR} ${Math.floor(time / HOUR)}|${end - start}`;
    found.set(key, [...(found.get(key) ?? []), Math.floor(start / DAY)]);
  }
  return [...found].map(([key, days]) => {
    const [time, minutes] = key.split('|');
    return {
      schedule: `${time} * * ${daysOf(days)}`,
      minutes: Number(minutes),
    };
  });
}

function minutesOf(minutes: ReadonlySet<number>): string {
  const sorted = [...minutes].sort((a, b) => a - b);
  const all = sorted.join() === '0,10,20,30,40,50';
  return all ? `*/${STEP}` : sorted.join();
}

/** Monday is 0 here and 1 in cron; Sunday is 0 there. */
function daysOf(days: readonly number[]): string {
  return listOf(
    days.map(day => (day + 1) % 7).sort((a, b) => a - b),
    7,
  );
}

function listOf(sorted: readonly number[], all: number): string {
  if (sorted.length === all) return '*';
  const ranges: [number, number][] = [];
  for (const each of sorted) {
    const last = ranges[ranges.length - 1];
    if (last && each === last[1] + 1) last[1] = each;
    else ranges.push([each, each]);
  }
  return ranges
    .map(([from, to]) => (from === to ? String(from) : `${from}-${to}`))
    .join();
}
