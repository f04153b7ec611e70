import { CronExpressionParser } from 'cron-parser';
import fc from 'fast-check';
import { rrulestr } from 'rrule';
import { cronRecurrence } from './cronRecurrence';
import { rruleRecurrence } from './rruleRecurrence';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const EPOCH = Date.UTC(2024, 0, 1);

const list = (min: number, max: number) =>
  fc
    .uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 3 })
    .map(numbers => numbers.sort((a, b) => a - b).join());
const orAll = (values: fc.Arbitrary<string>) =>
  fc.oneof(fc.constant('*'), values);
/** Some weeks of the years after the epoch. */
const rangeArbitrary = fc
  .tuple(
    fc.integer({ min: 0, max: 3 * 365 * 24 * 60 }),
    fc.integer({ min: 1, max: 60 }),
  )
  .map(([minutes, days]) => {
    const start = EPOCH + minutes * MINUTE;
    return { start, end: start + days * DAY };
  });

/** Undefined for what never comes, which the library alone would look for until the year 9999. */
function unlessNever<T>(task: () => T): T | undefined {
  try {
    return task();
  } catch (error) {
    if (String(error).includes('never comes')) return undefined;
    throw error;
  }
}

describe('beginnings of windows', () => {
  it('by cron are those that the library lists one by one', () => {
    const cronArbitrary = fc
      .tuple(
        list(0, 59),
        list(0, 23),
        orAll(fc.oneof(list(1, 28), fc.constantFrom('1-7', 'L'))),
        orAll(list(1, 12)),
        orAll(fc.oneof(list(0, 6), fc.constantFrom('1-5', 'sun', '7', '5L'))),
      )
      .map(parts => parts.join(' '));
    fc.assert(
      fc.property(cronArbitrary, rangeArbitrary, (cron, { start, end }) => {
        const dates = CronExpressionParser.parse(cron, {
          ...{ tz: 'UTC', currentDate: new Date(start - 1000) },
          endDate: new Date(end),
        });
        const expected: number[] = [];
        while (dates.hasNext()) expected.push(dates.next().getTime());
        expect(cronRecurrence(cron, 'cron').between(start, end)).toEqual(
          expected,
        );
      }),
      { numRuns: 40 },
    );
  });

  it('by RRULE are those that are counted from its first one', () => {
    const part = (name: string, values: fc.Arbitrary<string>) =>
      fc.option(
        values.map(value => `${name}=${value}`),
        { nil: undefined, freq: 1 },
      );
    const ruleArbitrary = fc
      .tuple(
        fc
          .constantFrom('HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY')
          .map(freq => `FREQ=${freq}`),
        part('INTERVAL', fc.integer({ min: 1, max: 9 }).map(String)),
        part('BYMONTH', list(1, 12)),
        part('BYMONTHDAY', fc.oneof(list(1, 31), fc.constant('-1'))),
        part('BYDAY', fc.constantFrom('MO', 'TU,FR', 'SA,SU', '2TU', '-1FR')),
        part('BYHOUR', list(0, 23)),
        part('BYMINUTE', list(0, 59)),
        part('WKST', fc.constantFrom('SU', 'WE')),
        part('COUNT', fc.integer({ min: 1, max: 200 }).map(String)),
        part('UNTIL', fc.constantFrom('20250601T000000Z', '20300101T000000Z')),
      )
      .map(parts => parts.filter(Boolean).join(';'));
    const startArbitrary = fc.constantFrom(
      '',
      'DTSTART:20240131T053000Z\nRRULE:',
      'DTSTART:20240229T000000Z\nRRULE:',
    );
    fc.assert(
      fc.property(
        startArbitrary,
        ruleArbitrary,
        rangeArbitrary,
        (begin, rule, { start, end }) => {
          const text = begin + rule;
          const found = unlessNever(() =>
            rruleRecurrence(text, 'rrule').between(start, end),
          );
          if (!found) return;
          const plain = rrulestr(text, {
            dtstart: new Date(EPOCH),
            cache: false,
          }).between(new Date(start), new Date(end), true);
          expect(found).toEqual(plain.map(date => date.getTime()));
        },
      ),
      { numRuns: 80 },
    );
  });

  it.each([
    ['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', 'never comes'],
    ['FREQ=DAILY;INTERVAL=7;BYDAY=TU', 'never comes'],
    ['FREQ=HOURLY;BYMINUTE=0,10,20,30,40', '120 times a day; at most 96'],
  ])('are refused that are none, or too many: %s', (text, message) => {
    expect(() => rruleRecurrence(text, 'rrule')).toThrow(message);
  });

  it('by cron are refused that are too many', () => {
    expect(() => cronRecurrence('*/10 * * * *', 'cron')).toThrow(
      "'*/10 * * * *' comes too often: 144 times a day; at most 96 are allowed",
    );
  });
});
