import {
  WindowPeriod,
  WindowSpec,
} from '@res-edge/backstage-plugin-res-edge-common';
import { IANAZone } from 'luxon';
import { CalendarError } from './CalendarError';
import { common, gaps, Interval, merged } from './Interval';
import { openHours } from './operatingHours';
import { parseDuration } from './parseDuration';
import { cronRecurrence } from './cronRecurrence';
import { Recurrence, stretches } from './Recurrence';
import { rruleRecurrence } from './rruleRecurrence';

/** What a window reads of a cluster. @public */
export interface ClusterCalendar {
  /** IANA; UTC where the cluster names none. */
  readonly timeZone: string;
  readonly hours?: Readonly<Record<string, string>>;
}

type Period = (cluster: ClusterCalendar, range: Interval) => Interval[];

/**
 * A window that can be asked when it is open for a cluster.
 *
 * @remarks
 * Open is what `allow` gives and `deny` does not take away. A cluster without operating hours is never open for
 * business, so that `hours: closed` is always.
 *
 * @public
 */
export class Window {
  private constructor(
    private readonly allow: readonly Period[] | undefined,
    private readonly deny: readonly Period[],
    /** What must be left of an opening for a change to begin, in milliseconds. */
    readonly minimum: number,
  ) {}

  /** @throws CalendarError with the field within the policy's spec */
  static create(spec: WindowSpec): Window {
    const periods = (list: readonly WindowPeriod[], field: string) =>
      list.map((period, i) => createPeriod(period, `${field}[${i}]`));
    return new Window(
      spec.allow && periods(spec.allow, 'allow'),
      periods(spec.deny ?? [], 'deny'),
      spec.minimum === undefined ? 0 : parseDuration(spec.minimum, 'minimum'),
    );
  }

  /** When it is open for a cluster within `range`; the first and the last may be longer than they are shown. */
  openings(cluster: ClusterCalendar, range: Interval): Interval[] {
    const all = (periods: readonly Period[]) =>
      merged(periods.flatMap(period => period(cluster, range)));
    const denied = gaps(all(this.deny), range);
    return this.allow ? common(all(this.allow), denied) : denied;
  }
}

function createPeriod(period: WindowPeriod, field: string): Period {
  const { hours, cron, rrule } = period;
  if (hours !== undefined) {
    return (cluster, range) => {
      const open = openHours(cluster.hours ?? {}, cluster.timeZone, range);
      return hours === 'open' ? open : gaps(open, range);
    };
  }
  const recurrence: Recurrence =
    cron !== undefined
      ? cronRecurrence(cron, `${field}.cron`)
      : rruleRecurrence(rrule ?? '', `${field}.rrule`);
  const length = parseDuration(period.duration ?? '', `${field}.duration`);
  const { timeZone } = period;
  if (timeZone !== undefined && !IANAZone.isValidZone(timeZone)) {
    throw new CalendarError(
      `${field}.timeZone`,
      `'${timeZone}' is no time zone; allowed are IANA names such as America/Chicago`,
    );
  }
  return (cluster, range) =>
    stretches(recurrence, length, timeZone ?? cluster.timeZone, range);
}
