import { CalendarError } from './CalendarError';

const DURATION = /^(?=[0-9])(?:(\d{1,3})d)?(?:(\d{1,4})h)?(?:(\d{1,5})m)?$/;

/**
 * A length of time such as `1d12h` or `90m`, in milliseconds.
 *
 * @throws CalendarError where it is none, or not longer than nothing
 * @public
 */
export function parseDuration(text: string, field: string): number {
  const [, days = 0, hours = 0, minutes = 0] = DURATION.exec(text) ?? [];
  const length =
    ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60_000;
  if (length > 0) return length;
  throw new CalendarError(
    field,
    `'${text}' is no length of time; allowed are days, hours and minutes such as 1h30m`,
  );
}
