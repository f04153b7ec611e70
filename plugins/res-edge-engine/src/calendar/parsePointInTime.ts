import { DateTime } from 'luxon';
import { CalendarError } from './CalendarError';

const OFFSET = /(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * A point in time, in milliseconds since 1970: where it has no offset, it is the local time of `timeZone`. A local time
 * that a clock skips is the moment after the skip, one that comes twice is the first of the two.
 *
 * @throws CalendarError
 * @public
 */
export function parsePointInTime(
  text: string,
  timeZone: string,
  field: string,
): number {
  const zone = OFFSET.test(text) ? 'UTC' : timeZone;
  const time = DateTime.fromISO(text, { zone });
  if (!time.isValid) {
    throw new CalendarError(
      field,
      `'${text}' is no time: ${time.invalidExplanation ?? time.invalidReason}`,
    );
  }
  return firstOf(time).toMillis();
}

/** Of a local time that comes twice, the first. @internal */
export function firstOf(time: DateTime): DateTime {
  return time.getPossibleOffsets().reduce((a, b) => (b < a ? b : a), time);
}

/** Of a local time that comes twice, the last. @internal */
export function lastOf(time: DateTime): DateTime {
  return time.getPossibleOffsets().reduce((a, b) => (b > a ? b : a), time);
}
