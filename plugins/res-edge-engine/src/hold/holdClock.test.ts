import {
  PolicySpec,
  RES_EDGE_API_VERSION,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  application,
  cluster,
  decisions,
  namespace,
} from '../__testUtils__/build';
import { Decisions } from '../model';
import { Snapshot } from '../snapshot';
import { HoldSchedule } from './HoldSchedule';

const hours = { 'mon-sun': '06:00-23:00' };
const snapshot = Snapshot.create({
  clusters: [
    cluster('austin', { timeZone: 'America/Chicago', hours }),
    cluster('boston', { timeZone: 'America/New_York', hours }),
    cluster('chicago', { timeZone: 'America/Chicago' }),
    cluster('denver', { timeZone: 'America/Denver', state: 'provisioning' }),
    cluster('elgin', { timeZone: 'America/Chicago', state: 'draining' }),
  ],
  groups: [],
});

const POLICIES: Record<string, PolicySpec> = {
  'store-hours': {
    type: 'window',
    allow: [{ hours: 'closed' }, { cron: '0 12 * * *', duration: '2h' }],
    minimum: '45m',
  },
  'black-friday': {
    type: 'freeze',
    clusters: { all: true },
    start: '2026-11-26T00:00',
    end: '2026-11-30T00:00',
    reason: 'Black Friday',
  },
  lift: {
    type: 'override',
    lifts: ['black-friday'],
    clusters: { include: ['boston'] },
    start: '2026-11-27T01:00',
    end: '2026-11-28T03:10',
    reason: 'A price error',
  },
};

/** Each time with policies of its own, so that nothing is known from another one. */
function decided(): Decisions {
  const shop = namespace('shop');
  shop.spec.policies = ['store-hours'];
  return {
    ...decisions({
      namespaces: [shop],
      applications: [application('pos', { namespace: 'shop' })],
    }),
    policies: new Map(
      Object.entries(structuredClone(POLICIES)).map(([name, spec]) => [
        name,
        {
          apiVersion: RES_EDGE_API_VERSION,
          kind: 'EdgePolicy',
          metadata: { name },
          spec,
        },
      ]),
    ),
  };
}

describe('the clock of holds', () => {
  it('says as time goes on what the schedule says of each moment, and when that changes', () => {
    const input = decided();
    const { entity } = input.applications.get('pos')!;
    const clock = HoldSchedule.create(snapshot, input).clock({
      application: entity,
    });
    const schedule = HoldSchedule.create(snapshot, decided());
    const draining = snapshot.bitmapOf(['elgin']);
    const start = Date.parse('2026-11-24T00:00Z');
    let last: readonly number[] = [];
    let steadyUntil = start;
    for (let minute = 0; minute < 8 * 24 * 60; minute += 5) {
      const time = start + minute * 60_000;
      const held = schedule.at(new Date(time)).applications.get('pos');
      const expected = [...draining.clone().or(held ?? draining)];
      const steady = time < steadyUntil ? last : expected;
      last = [...clock.at(time)];
      steadyUntil = clock.steadyUntil;
      expect([last, steady]).toEqual([expected, expected]);
      expect(steadyUntil).toBeGreaterThan(time);
      if (minute % 60 > 0) continue;
      const now = new Date(time);
      const opening = new Map(
        clock
          .openings(time)
          .flatMap(({ at, clusters }) =>
            [...clusters].map(number => [number, at] as const),
          ),
      );
      for (const number of last)
        expect(opening.get(number)).toEqual(
          schedule.nextChange({ application: entity }, number, now),
        );
    }
  });
});
