import { CronExpressionParser, CronFieldCollection } from 'cron-parser';
import { CalendarError } from './CalendarError';
import {
  checkFrequency,
  MAX_OCCURRENCES,
  readable,
  Recurrence,
} from './Recurrence';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** @throws CalendarError @internal */
export function cronRecurrence(expression: string, field: string): Recurrence {
  const { hour, minute, ...days } = parseCron(expression, field);
  checkFrequency(hour.values.length * minute.values.length, expression, field);
  if (isCounted(days)) return listedByLibrary(expression);
  const times = hour.values.flatMap(h =>
    minute.values.map(m => h * HOUR + m * MINUTE),
  );
  return {
    between(start, end) {
      const found: number[] = [];
      for (let day = Math.floor(start / DAY) * DAY; day <= end; day += DAY) {
        if (!comesOn(new Date(day), days)) continue;
        for (const time of times) {
          if (day + time < start || day + time > end) continue;
          if (found.length === MAX_OCCURRENCES) return found;
          found.push(day + time);
        }
      }
      return found;
    },
  };
}

/** Whether it is the same in every week. @throws CalendarError @internal */
export function isWeeklyCron(expression: string, field: string): boolean {
  const days = parseCron(expression, field);
  const { dayOfMonth, month } = days;
  return dayOfMonth.isWildcard && month.isWildcard && !isCounted(days);
}

type Days = Pick<CronFieldCollection, 'dayOfMonth' | 'dayOfWeek' | 'month'>;

function parseCron(expression: string, field: string) {
  if (expression.trim().split(/\s+/).length !== 5) {
    throw new CalendarError(
      field,
      `'${expression}' has not five parts: minute, hour, day of month, month, day of week`,
    );
  }
  const { fields } = readable(field, expression, () =>
    CronExpressionParser.parse(expression, { tz: 'UTC' }),
  );
  const { hour, minute, dayOfMonth, dayOfWeek, month } = fields;
  return { hour, minute, dayOfMonth, dayOfWeek, month };
}

/** The last day, or the third of its kind: where a month has it has to be counted. */
function isCounted({ dayOfMonth, dayOfWeek }: Days): boolean {
  return (
    dayOfMonth.hasLastChar || dayOfWeek.hasLastChar || dayOfWeek.nthDay > 0
  );
}

function comesOn(date: Date, { dayOfMonth, dayOfWeek, month }: Days): boolean {
  const has = (values: readonly unknown[], value: number) =>
    values.includes(value);
  if (!has(month.values, date.getUTCMonth() + 1)) return false;
  const ofMonth = has(dayOfMonth.values, date.getUTCDate());
  const ofWeek = has(dayOfWeek.values, date.getUTCDay());
  // As cron has it: of two that are given, one is enough.
  if (dayOfWeek.isWildcard) return ofMonth;
  return dayOfMonth.isWildcard ? ofWeek : ofMonth || ofWeek;
}

/** Some hundred times slower. */
function listedByLibrary(expression: string): Recurrence {
  return {
    between(start, end) {
      const found: number[] = [];
      // The library gives what comes after `currentDate`.
      const dates = CronExpressionParser.parse(expression, {
        ...{ tz: 'UTC', currentDate: new Date(start - 1000) },
        endDate: new Date(end),
      });
      while (found.length < MAX_OCCURRENCES && dates.hasNext()) {
        found.push(dates.next().getTime());
      }
      return found;
    },
  };
}
