import {
  WindowPeriod,
  WindowSpec,
} from '@res-edge/backstage-plugin-res-edge-common';
import { CronExpressionParser } from 'cron-parser';
import fc from 'fast-check';
import { Interval } from '../calendar';
import { cronLines, cronStretches } from './cronLines';
import { findMaintenance } from './Maintenance';

const HOUR = 60;
const WEEK = 7 * 24 * HOUR;
const MONDAY = Date.UTC(2026, 0, 5);
const CHICAGO = 'America/Chicago';
const hours = { 'mon-sat': '06:00-23:00', sun: '07:30-22:00' };

const find = (...specs: Omit<WindowSpec, 'type'>[]) =>
  findMaintenance(
    new Map(specs.map((spec, i) => [`w${i}`, { type: 'window', ...spec }])),
    { timeZone: CHICAGO, hours },
  );

/** Minutes of the week at which a schedule comes. */
function timesOf(schedule: string): number[] {
  const dates = CronExpressionParser.parse(schedule, {
    tz: 'UTC',
    currentDate: new Date(MONDAY - 1000),
    endDate: new Date(MONDAY + WEEK * 60_000 - 1000),
  });
  const times: number[] = [];
  while (dates.hasNext())
    times.push((dates.next().getTime() - MONDAY) / 60_000);
  return times;
}

const sorted = (times: Iterable<number>) => [...times].sort((a, b) => a - b);

describe('what a cluster keeps of windows by itself', () => {
  it('is what is open of the week, by its own clock, as long as there is enough left', () => {
    const { maintenance, problems } = find({
      allow: [{ hours: 'closed' }],
      minimum: '30m',
    });
    expect(problems).toEqual([]);
    expect(maintenance!.timeZone).toBe(CHICAGO);
    const { openings } = maintenance!;
    const night = (day: number, from: number, to: number) => ({
      start: (day * 24 + from) * HOUR,
      end: (day * 24 + to) * HOUR - 30,
    });
    expect(openings).toEqual([
      // From Sunday to Monday the store is closed at 22:00.
      { start: 0, end: 6 * HOUR - 30 },
      ...[0, 1, 2, 3, 4].map(day => night(day, 23, 30)),
      night(5, 23, 31.5),
      { start: (6 * 24 + 22) * HOUR, end: WEEK },
    ]);
    expect(cronLines(openings)).toEqual([
      '*/10 0-4,23 * * 1-6',
      '*/10 0-6,22-23 * * 0',
      '0,10,20 5 * * 1-6',
    ]);
  });

  it('is what all of them have open', () => {
    const { maintenance } = find(
      { allow: [{ cron: '0 1 * * *', duration: '4h' }] },
      {
        allow: [{ rrule: 'FREQ=WEEKLY;BYDAY=TU;BYHOUR=3', duration: '4h' }],
        deny: [{ cron: '0 4 * * *', duration: '30m', timeZone: CHICAGO }],
      },
    );
    const at = (hour: number) => (24 + hour) * HOUR;
    expect(maintenance!.openings).toEqual([
      { start: at(3), end: at(4) },
      { start: at(4.5), end: at(5) },
    ]);
  });

  it('is nothing where nothing asks for it, or it is always open', () => {
    expect(find()).toEqual({ problems: [] });
    const always = { allow: [{ cron: '0 * * * *', duration: '2h' }] };
    expect(find(always)).toEqual({ problems: [] });
  });

  const weekly = 'the same every week';
  it.each<[WindowPeriod, string, string]>([
    [{ cron: '0 2 1 * *', duration: '2h' }, 'allow[0]', weekly],
    [{ rrule: 'FREQ=WEEKLY;INTERVAL=2', duration: '2h' }, 'allow[0]', weekly],
    [
      { rrule: 'FREQ=WEEKLY;UNTIL=20400101T000000Z', duration: '2h' },
      'allow[0]',
      weekly,
    ],
    [
      { cron: '0 2 * * *', duration: '2h', timeZone: 'Europe/Paris' },
      'allow[0].timeZone',
      "'Europe/Paris' is not the time zone",
    ],
    [{ cron: 'x', duration: '2h' }, 'allow[0].cron', "'x'"],
  ])('says that it cannot be %p', (period, field, message) => {
    expect(find({ allow: [period] })).toEqual({
      problems: [
        {
          entity: 'edgepolicy:default/w0',
          field: `spec.${field}`,
          message: expect.stringContaining(message),
        },
      ],
    });
  });

  it('says that windows never open together, and keeps to neither', () => {
    const { maintenance, problems } = find(
      { allow: [{ hours: 'open' }] },
      { allow: [{ hours: 'closed' }] },
    );
    expect(maintenance).toBeUndefined();
    expect(problems).toEqual([
      expect.objectContaining({
        message: 'w0, w1 never open together on this cluster',
      }),
    ]);
  });
});

describe('schedules of openings', () => {
  const openingsArbitrary = fc
    .uniqueArray(fc.integer({ min: 0, max: WEEK }), {
      minLength: 2,
      maxLength: 12,
    })
    .map(list => sorted(list))
    .map(list =>
      Array.from(
        { length: Math.floor(list.length / 2) },
        (_, i): Interval => ({
          start: list[2 * i],
          end: list[2 * i + 1],
        }),
      ),
    );

  it('come at the beginning and every ten minutes, and never outside', () => {
    fc.assert(
      fc.property(openingsArbitrary, openings => {
        const expected = new Set<number>();
        for (const { start, end } of openings) {
          expected.add(start);
          for (let time = start; time < end; time++)
            if (time % 10 === 0) expected.add(time);
        }
        const found = cronLines(openings).flatMap(timesOf);
        expect(sorted(found)).toEqual(sorted(expected));
      }),
      { numRuns: 30 },
    );
  });

  it('begin when openings do, and last as long', () => {
    fc.assert(
      fc.property(openingsArbitrary, openings => {
        const found = cronStretches(openings).flatMap(({ schedule, minutes }) =>
          timesOf(schedule).map(start => ({ start, end: start + minutes })),
        );
        expect(found.sort((a, b) => a.start - b.start)).toEqual(openings);
      }),
      { numRuns: 30 },
    );
  });
});
