import { WindowSpec } from '@res-edge/backstage-plugin-res-edge-common';
import fc from 'fast-check';
import { nextOpening } from './nextOpening';
import { openHours } from './operatingHours';
import { parseDuration } from './parseDuration';
import { parsePointInTime } from './parsePointInTime';
import { Window } from './Window';

const CHICAGO = 'America/Chicago';
const MINUTE = 60_000;
const hours = { 'mon-fri': '06:00-23:00', 'sat-sun': '07:00-22:00' };
const time = (text: string) => Date.parse(text);

function opens(
  spec: Omit<WindowSpec, 'type'>,
  from: string,
  cluster: { timeZone?: string; hours?: Record<string, string> } = {},
) {
  const found = nextOpening(
    Window.create({ type: 'window', ...spec }),
    { timeZone: CHICAGO, hours, ...cluster },
    time(from),
  );
  return found && new Date(found.start).toISOString();
}

describe('nextOpening', () => {
  const closed = { allow: [{ hours: 'closed' as const }] };
  const night = { allow: [{ cron: '0 2 * * *', duration: '2h' }] };

  it.each<[string, Parameters<typeof opens>, string | undefined]>([
    // Chicago is UTC-6 in winter.
    [
      'waits for the store to close',
      [closed, '2026-11-25T18:00Z'],
      '2026-11-26T05:00:00.000Z',
    ],
    [
      'is open while the store is closed',
      [closed, '2026-11-26T06:10Z'],
      '2026-11-26T06:10:00.000Z',
    ],
    [
      'is open at once without operating hours',
      [closed, '2026-11-25T18:00Z', { hours: undefined }],
      '2026-11-25T18:00:00.000Z',
    ],
    [
      'needs what is left of the night',
      [{ ...closed, minimum: '2h' }, '2026-11-26T10:30Z'],
      '2026-11-27T05:00:00.000Z',
    ],
    [
      'never opens where no night is long enough',
      [{ ...closed, minimum: '1d' }, '2026-11-26T10:30Z'],
      undefined,
    ],
    [
      'follows cron in the time of the cluster',
      [night, '2026-11-26T00:00Z'],
      '2026-11-26T08:00:00.000Z',
    ],
    [
      'follows cron in its own time zone',
      [
        {
          allow: [
            { cron: '0 2 * * *', duration: '2h', timeZone: 'Asia/Tokyo' },
          ],
        },
        '2026-11-26T00:00Z',
      ],
      '2026-11-26T17:00:00.000Z',
    ],
    [
      'follows an RRULE',
      [
        {
          allow: [{ rrule: 'FREQ=WEEKLY;BYDAY=TU;BYHOUR=1', duration: '1h' }],
        },
        '2026-11-26T00:00Z',
      ],
      '2026-12-01T07:00:00.000Z',
    ],
    [
      'finds a day in the next year',
      [
        {
          allow: [
            {
              rrule: 'FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=1;BYHOUR=0',
              duration: '1d',
            },
          ],
        },
        '2026-11-26T00:00Z',
      ],
      '2027-08-01T05:00:00.000Z',
    ],
    [
      'lets deny win',
      [
        { ...night, deny: [{ cron: '0 0 * * thu', duration: '24h' }] },
        '2026-11-26T07:00Z',
      ],
      '2026-11-27T08:00:00.000Z',
    ],
    [
      'is always open but where it denies',
      [{ deny: [{ hours: 'open' }] }, '2026-11-25T18:00Z'],
      '2026-11-26T05:00:00.000Z',
    ],
    // 2027-03-14: 02:00 to 03:00 does not exist in Chicago.
    [
      'begins after a skipped hour',
      [night, '2027-03-14T06:00Z'],
      '2027-03-14T08:00:00.000Z',
    ],
    // 2026-11-01: 01:00 to 02:00 comes twice.
    [
      'takes the first of two',
      [
        { allow: [{ cron: '30 1 * * *', duration: '30m' }] },
        '2026-11-01T04:00Z',
      ],
      '2026-11-01T06:30:00.000Z',
    ],
  ])('%s', (_, args, expected) => {
    expect(opens(...args)).toBe(expected);
  });
});

describe('Window', () => {
  it.each<[Omit<WindowSpec, 'type'>, string, RegExp]>([
    [
      { allow: [{ cron: '0 2 * *', duration: '1h' }] },
      'allow[0].cron',
      /five parts/,
    ],
    [
      { deny: [{ cron: '0 25 * * *', duration: '1h' }] },
      'deny[0].cron',
      /cannot be read/,
    ],
    [
      { allow: [{ rrule: 'FREQ=SECONDLY', duration: '1h' }] },
      'allow[0].rrule',
      /too often/,
    ],
    [
      { allow: [{ rrule: 'nonsense', duration: '1h' }] },
      'allow[0].rrule',
      /cannot be read/,
    ],
    [
      { allow: [{ cron: '0 2 * * *', duration: '0m' }] },
      'allow[0].duration',
      /no length/,
    ],
    [
      {
        allow: [
          { cron: '0 2 * * *', duration: '1h', timeZone: 'Mars/Olympus' },
        ],
      },
      'allow[0].timeZone',
      /IANA/,
    ],
    [{ allow: [{ hours: 'open' }], minimum: 'x' }, 'minimum', /no length/],
  ])('refuses %j', (spec, field, message) => {
    const create = () => Window.create({ type: 'window', ...spec });
    expect(create).toThrow(message);
    expect(create).toThrow(expect.objectContaining({ field }));
  });
});

describe('openHours', () => {
  const clocks = new Map<string, Intl.DateTimeFormat>();

  function clockOf(timeZone: string): Intl.DateTimeFormat {
    const known = clocks.get(timeZone);
    if (known) return known;
    const made = new Intl.DateTimeFormat('en-US', {
      timeZone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    clocks.set(timeZone, made);
    return made;
  }

  /** What a clock on the wall of the store shows. */
  function wall(instant: number, timeZone: string) {
    const parts = Object.fromEntries(
      clockOf(timeZone)
        .formatToParts(instant)
        .map(({ type, value }) => [type, value]),
    );
    return {
      day: parts.weekday.toLowerCase(),
      minutes: Number(parts.hour) * 60 + Number(parts.minute),
    };
  }

  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const clock = (minutes: number) =>
    [Math.floor(minutes / 60), minutes % 60]
      .map(part => String(part).padStart(2, '0'))
      .join(':');

  it('is open when the clock on the wall says so, in weeks in which clocks are set, too', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          CHICAGO,
          'Europe/Berlin',
          'Asia/Kolkata',
          'Australia/Lord_Howe',
        ),
        fc.constantFrom(
          '2026-10-24T22:00Z',
          '2026-11-01T00:00Z',
          '2027-03-14T00:00Z',
          '2027-03-28T00:00Z',
          '2027-04-03T10:00Z',
        ),
        fc.record({ start: fc.nat(1439), end: fc.nat(1439) }),
        fc.constantFrom(...days),
        (timeZone, begin, { start, end }, day) => {
          fc.pre(start !== end);
          const from = time(begin);
          const range = { start: from, end: from + 48 * 60 * MINUTE };
          const open = openHours(
            { [day]: `${clock(start)}-${clock(end)}` },
            timeZone,
            range,
          );
          const before = (now: string) => days[(days.indexOf(now) + 6) % 7];
          const wrong: string[] = [];
          for (let at = range.start; at < range.end; at += 11 * MINUTE) {
            const now = wall(at, timeZone);
            const expected =
              end > start
                ? now.day === day && now.minutes >= start && now.minutes < end
                : (now.day === day && now.minutes >= start) ||
                  (before(now.day) === day && now.minutes < end);
            const found = open.some(
              interval => at >= interval.start && at < interval.end,
            );
            // An hour that comes twice is open to the end of the second.
            const twice = [-60, -30, 30, 60].some(
              shift =>
                wall(at + shift * MINUTE, timeZone).minutes === now.minutes,
            );
            const right = found === expected || (found && twice);
            if (!right) wrong.push(new Date(at).toISOString());
          }
          expect(wrong).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('parsePointInTime', () => {
  it.each([
    ['2026-11-26T00:00', '2026-11-26T06:00:00.000Z'],
    ['2026-11-26T00:00-05:00', '2026-11-26T05:00:00.000Z'],
    ['2026-11-26T00:00:30Z', '2026-11-26T00:00:30.000Z'],
    ['2027-03-14T02:30', '2027-03-14T08:30:00.000Z'],
    ['2026-11-01T01:30', '2026-11-01T06:30:00.000Z'],
  ])('reads %s', (text, expected) => {
    expect(
      new Date(parsePointInTime(text, CHICAGO, 'start')).toISOString(),
    ).toBe(expected);
  });

  it('refuses a day that does not exist', () => {
    expect(() => parsePointInTime('2026-02-30T00:00', CHICAGO, 'end')).toThrow(
      /'2026-02-30T00:00' is no time/,
    );
  });
});

describe('parseDuration', () => {
  it.each([
    ['90m', 90],
    ['1h30m', 90],
    ['1d', 1440],
    ['2d3h4m', 3064],
  ])('reads %s', (text, minutes) => {
    expect(parseDuration(text, 'minimum')).toBe(minutes * MINUTE);
  });
});
