import { CronExpressionParser } from 'cron-parser';
import { rrulestr } from 'rrule';
import { CalendarError } from './CalendarError';
import { Interval } from './Interval';
import { wallOf, wallTime } from './wallTime';

const MINUTE = 60_000;
/** More beginnings than this within one look ahead are too many for a window. */
const MAX_OCCURRENCES = 5_000;
/** RRULEs without DTSTART count from here: a Monday. */
const EPOCH = Date.UTC(2024, 0, 1);
const TOO_OFTEN = /FREQ=(?:SECONDLY|MINUTELY)/i;

/** Local times that come again, as a clock on a wall shows them: milliseconds as if they were UTC. @internal */
export interface Recurrence {
  /** Beginnings within a range of local times, both ends included. */
  between(start: number, end: number): number[];
}

/** @throws CalendarError @internal */
export function cronRecurrence(expression: string, field: string): Recurrence {
  const parse = (options: { currentDate?: Date; endDate?: Date }) =>
    CronExpressionParser.parse(expression, { tz: 'UTC', ...options });
  if (expression.trim().split(/\s+/).length !== 5) {
    throw new CalendarError(
      field,
      `'${expression}' has not five parts: minute, hour, day of month, month, day of week`,
    );
  }
  readable(field, expression, () => parse({}));
  return {
    between(start, end) {
      const found: number[] = [];
      // The library gives what comes after `currentDate`.
      const dates = parse({
        currentDate: new Date(start - 1000),
        endDate: new Date(end),
      });
      while (found.length < MAX_OCCURRENCES && dates.hasNext()) {
        found.push(dates.next().getTime());
      }
      return found;
    },
  };
}

/** @throws CalendarError @internal */
export function rruleRecurrence(text: string, field: string): Recurrence {
  if (TOO_OFTEN.test(text)) {
    throw new CalendarError(
      field,
      `'${text}' comes too often; allowed are HOURLY and less often`,
    );
  }
  const rule = readable(field, text, () =>
    rrulestr(text, { dtstart: new Date(EPOCH), cache: false }),
  );
  return {
    between: (start, end) =>
      rule
        .between(
          new Date(start),
          new Date(end),
          true,
          (_, count) => count < MAX_OCCURRENCES,
        )
        .map(date => date.getTime()),
  };
}

function readable<T>(field: string, text: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new CalendarError(
      field,
      `'${text}' cannot be read: ${(error as Error).message}`,
    );
  }
}

/** The stretches of `length` that begin with each time of a recurrence in a time zone. @internal */
export function stretches(
  recurrence: Recurrence,
  length: number,
  timeZone: string,
  { start, end }: Interval,
): Interval[] {
  // An hour more at each side, for clocks that are set.
  const margin = 2 * 60 * 60_000;
  return recurrence
    .between(
      wallOf(timeZone, start) - length - margin,
      wallOf(timeZone, end) + margin,
    )
    .map(wall => {
      const begin = wallTime(timeZone, wall - (wall % MINUTE)).first;
      return { start: begin, end: begin + length };
    })
    .filter(interval => interval.end > start && interval.start < end);
}
