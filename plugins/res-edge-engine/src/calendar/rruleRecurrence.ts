import { Frequency, Options, RRule, RRuleSet, rrulestr } from 'rrule';
import { CalendarError } from './CalendarError';
import {
  checkFrequency,
  MAX_OCCURRENCES,
  readable,
  Recurrence,
} from './Recurrence';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
/** RRULEs without DTSTART count from here: a Monday. */
const EPOCH = Date.UTC(2024, 0, 1);
const TOO_OFTEN = /FREQ=(?:SECONDLY|MINUTELY)/i;
/**
 * The library looks for the next time until the end of the year 9999, which takes a minute where there is none. Every 400 years
 * the calendar is the same: so far ahead little is left to look through.
 */
const FAR = 19 * 146_097 * DAY;
const MAX_CHECKED = 1_000;
/** By text: whether it ever comes. */
const checked = new Map<string, boolean>();

/** @throws CalendarError @internal */
export function rruleRecurrence(text: string, field: string): Recurrence {
  if (TOO_OFTEN.test(text)) {
    throw new CalendarError(
      field,
      `'${text}' comes too often; allowed are HOURLY and less often`,
    );
  }
  const parsed = readable(field, text, () =>
    rrulestr(text, { dtstart: new Date(EPOCH), cache: false }),
  );
  const rules = parsed instanceof RRuleSet ? parsed.rrules() : [parsed];
  for (const rule of rules) checkFrequency(perDay(rule), text, field);
  if (!comesEver(text, rules))
    throw new CalendarError(field, `'${text}' never comes`);
  const nearby = (start: number) =>
    parsed instanceof RRuleSet ? parsed : startedBefore(parsed, start);
  return {
    between: (start, end) =>
      nearby(start)
        .between(
          new Date(start),
          new Date(end),
          true,
          (_, count) => count < MAX_OCCURRENCES,
        )
        .map(date => date.getTime()),
  };
}

/** On a day on which it comes. */
function perDay({ options }: RRule): number {
  const { freq, byhour, byminute, bysecond } = options;
  const hours =
    freq === Frequency.HOURLY ? byhour?.length || 24 : byhour.length;
  return hours * byminute.length * bysecond.length;
}

function comesEver(text: string, rules: readonly RRule[]): boolean {
  let known = checked.get(text);
  if (known === undefined) {
    known = rules.every(rule => {
      const first = new Date(dtstartOf(rule) + FAR);
      const far = startingAt(rule, first, { count: 1, until: null });
      return far.all().length > 0;
    });
    if (checked.size >= MAX_CHECKED) checked.clear();
    checked.set(text, known);
  }
  return known;
}

/** The same rule from a time before `start` on, as near as its interval allows: what came before is not gone through again. */
function startedBefore(rule: RRule, start: number): RRule {
  const { freq, interval, count } = rule.options;
  // Who counts has to begin at the beginning.
  if (count !== null) return rule;
  const first = dtstartOf(rule);
  const length = { [Frequency.HOURLY]: HOUR, [Frequency.DAILY]: DAY }[
    freq as number
  ];
  if (length !== undefined || freq === Frequency.WEEKLY) {
    const step = interval * (length ?? 7 * DAY);
    const steps = Math.floor((start - first) / step) - 1;
    return steps > 0 ? startingAt(rule, new Date(first + steps * step)) : rule;
  }
  const months = interval * (freq === Frequency.MONTHLY ? 1 : 12);
  const [from, to] = [new Date(first), new Date(start)];
  const passed =
    (to.getUTCFullYear() - from.getUTCFullYear()) * 12 +
    (to.getUTCMonth() - from.getUTCMonth());
  const steps = Math.floor(passed / months) - 1;
  if (steps <= 0) return rule;
  const month =
    freq === Frequency.MONTHLY ? from.getUTCMonth() + steps * months : 0;
  const year =
    from.getUTCFullYear() + (freq === Frequency.MONTHLY ? 0 : steps * interval);
  return startingAt(rule, new Date(Date.UTC(year, month, 1)));
}

/** With all that the rule takes from its first time said. */
function startingAt(
  { origOptions, options }: RRule,
  dtstart: Date,
  more: Partial<Options> = {},
): RRule {
  const { byweekno, byyearday, bymonthday, byweekday, byeaster } = origOptions;
  const namesDays = [
    ...[byweekno, byyearday, bymonthday, byweekday, byeaster],
  ].some(
    days =>
      days !== undefined &&
      days !== null &&
      (!Array.isArray(days) || days.length > 0),
  );
  const { freq, bymonth, byhour, byminute, bysecond } = options;
  const ofFirst: Partial<Options> = {
    ...(freq === Frequency.YEARLY && { bymonth }),
    ...(freq === Frequency.WEEKLY && { byweekday: options.byweekday }),
    ...(freq <= Frequency.MONTHLY && { bymonthday: options.bymonthday }),
  };
  return new RRule({
    ...origOptions,
    ...(!namesDays && ofFirst),
    ...(freq !== Frequency.HOURLY && { byhour }),
    ...{ byminute, bysecond, dtstart, ...more },
  });
}

function dtstartOf({ options }: RRule): number {
  return options.dtstart.getTime();
}
