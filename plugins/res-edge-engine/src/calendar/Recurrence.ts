import { CalendarError } from './CalendarError';
import { Interval } from './Interval';
import { wallOf, wallTime } from './wallTime';

const MINUTE = 60_000;
/** No more beginnings than these are looked at within one look ahead. @internal */
export const MAX_OCCURRENCES = 5_000;
/** Whoever opens more often is open: each beginning costs time, on each look at each time zone. */
const MOST_A_DAY = 96;

/** Local times that come again, as a clock on a wall shows them: milliseconds as if they were UTC. @internal */
export interface Recurrence {
  /** Beginnings within a range of local times, both ends included. */
  between(start: number, end: number): number[];
}

/** @throws CalendarError where it comes too often @internal */
export function checkFrequency(
  perDay: number,
  text: string,
  field: string,
): void {
  if (perDay <= MOST_A_DAY) return;
  throw new CalendarError(
    field,
    `'${text}' comes too often: ${perDay} times a day; at most ${MOST_A_DAY} are allowed`,
  );
}

/** Reads a recurrence. @throws CalendarError where it cannot be read @internal */
export function readable<T>(field: string, text: string, read: () => T): T {
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
