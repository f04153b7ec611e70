import {
  WindowPeriod,
  WindowSpec,
} from '@res-edge/backstage-plugin-res-edge-common';
import { CalendarError } from './CalendarError';
import { isWeeklyCron } from './cronRecurrence';
import { common, Interval, merged } from './Interval';
import { ClusterCalendar, Window } from './Window';

const MINUTE = 60_000;
const WEEK = 7 * 24 * 60 * MINUTE;
/** A Monday, two weeks after that from which an RRULE counts. */
const FIRST = Date.UTC(2024, 0, 15);
/** What is the same in each of these comes every week. */
const WEEKS = 54;
/** A year of weeks takes a while to look through; all clusters of a namespace ask for the same. */
const known = new Map<string, boolean>();
const MAX_KNOWN = 1_000;
const DATED = /\b(?:COUNT|UNTIL|DTSTART)\b/i;

/**
 * When a window lets a change begin, in every week: minutes since Monday 00:00 by the cluster's clock, in order, `end` not
 * included. The window's minimum is taken off the end of each opening.
 *
 * @throws CalendarError with the field within the policy's spec, where something in it is not the same every week
 * @public
 */
export function weeklyOpenings(
  spec: WindowSpec,
  cluster: ClusterCalendar,
): Interval[] {
  const local: ClusterCalendar = { timeZone: 'UTC', hours: cluster.hours };
  const weekly = (list: readonly WindowPeriod[], field: string) =>
    list.map((period, index) =>
      weeklyPeriod(period, `${field}[${index}]`, cluster),
    );
  const window = Window.create({
    ...spec,
    allow: spec.allow && weekly(spec.allow, 'allow'),
    deny: spec.deny && weekly(spec.deny, 'deny'),
  });
  return openingsOf(window, local, 0);
}

/**
 * What all of several weeks have open.
 *
 * @internal
 */
export function commonOpenings(
  weeks: readonly (readonly Interval[])[],
): readonly Interval[] {
  return weeks.reduce((one, other) => common(one, other));
}

/** The period on the cluster's own clock. */
function weeklyPeriod(
  { timeZone, ...period }: WindowPeriod,
  field: string,
  cluster: ClusterCalendar,
): WindowPeriod {
  if (timeZone !== undefined && timeZone !== cluster.timeZone)
    throw new CalendarError(
      `${field}.timeZone`,
      `'${timeZone}' is not the time zone of the cluster, '${cluster.timeZone}', whose clock it would be held by`,
    );
  if (period.hours !== undefined) return period;
  const isWeekly =
    period.cron === undefined
      ? isWeeklyRule(period)
      : isWeeklyCron(period.cron, `${field}.cron`);
  if (!isWeekly)
    throw new CalendarError(
      field,
      'it is not the same every week, so that a cluster cannot hold it by itself',
    );
  return period;
}

function isWeeklyRule(period: WindowPeriod): boolean {
  if (DATED.test(period.rrule ?? '')) return false;
  const key = JSON.stringify([period.rrule, period.duration]);
  let isWeekly = known.get(key);
  if (isWeekly === undefined) {
    const window = Window.create({ type: 'window', allow: [period] });
    const text = (week: number) =>
      JSON.stringify(openingsOf(window, { timeZone: 'UTC' }, week));
    const first = text(0);
    const weeks = Array.from({ length: WEEKS }, (_, week) => week);
    isWeekly = weeks.every(week => text(week) === first);
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(key, isWeekly);
  }
  return isWeekly;
}

function openingsOf(
  window: Window,
  calendar: ClusterCalendar,
  week: number,
): Interval[] {
  const monday = FIRST + week * WEEK;
  const range = { start: monday - WEEK, end: monday + 2 * WEEK };
  const minutesOf = (time: number) =>
    Math.min(Math.max(time - monday, 0), WEEK) / MINUTE;
  return merged(
    window.openings(calendar, range).map(({ start, end }) => ({
      start: minutesOf(start),
      end: minutesOf(end - window.minimum),
    })),
  );
}
