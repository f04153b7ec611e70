import { OverrideSpec } from '@res-edge/backstage-plugin-res-edge-common';
import { ClusterCalendar, parsePointInTime } from '../calendar';
import { HoldRule, Period } from './HoldRule';

/** Runs a task that reads a field of a policy; `undefined` where it throws. @internal */
export type Read = <T>(field: string, task: () => T) => T | undefined;

/** When a rule holds. @internal */
export type Times = Pick<HoldRule, 'heldUntil' | 'steadyUntil'>;

/**
 * From `start` to `end`, as the clocks of the clusters show it where no time zone is given.
 *
 * @internal
 */
export function readPeriod(
  { start, end, timeZone }: Pick<OverrideSpec, 'start' | 'end' | 'timeZone'>,
  read: Read,
): ((calendar: ClusterCalendar) => Period) | undefined {
  const byZone = new Map<string, Period>();
  const periodIn = (zone: string) => {
    const known = byZone.get(zone);
    if (known) return known;
    const period = {
      from:
        start === undefined
          ? -Infinity
          : parsePointInTime(start, zone, 'start'),
      to: parsePointInTime(end, zone, 'end'),
    };
    byZone.set(zone, period);
    return period;
  };
  const readable = read('spec', () => periodIn(timeZone ?? 'UTC'));
  if (!readable) return undefined;
  return calendar => periodIn(timeZone ?? calendar.timeZone);
}

/** @internal */
export function periodTimes(
  period: (calendar: ClusterCalendar) => Period,
): Times {
  return {
    heldUntil(calendar, at) {
      const { from, to } = period(calendar);
      return at >= from && at < to ? to : undefined;
    },
    steadyUntil(calendar, at) {
      const { from, to } = period(calendar);
      if (at < from) return from;
      return at < to ? to : Infinity;
    },
  };
}
