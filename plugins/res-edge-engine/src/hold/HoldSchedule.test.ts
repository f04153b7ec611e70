import {
  PolicySpec,
  RES_EDGE_API_VERSION,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  application,
  cluster,
  decisions,
  group,
  namespace,
} from '../__testUtils__/build';
import { Decisions } from '../model';
import { Snapshot } from '../snapshot';
import { HoldSchedule } from './HoldSchedule';

const snapshot = Snapshot.create({
  clusters: [
    cluster('austin', {
      groups: ['south'],
      timeZone: 'America/Chicago',
      hours: { 'mon-sun': '06:00-23:00' },
    }),
    cluster('boston', {
      groups: ['north'],
      timeZone: 'America/New_York',
      hours: { 'mon-sun': '06:00-23:00' },
    }),
    cluster('chicago', { groups: ['north'], timeZone: 'America/Chicago' }),
    cluster('denver', {
      groups: ['south'],
      timeZone: 'America/Denver',
      hours: { 'mon-sun': '06:00-23:00' },
      state: 'provisioning',
    }),
  ],
  groups: [group('north'), group('south')],
});

function decided(policies: Record<string, PolicySpec>): Decisions {
  const shop = namespace('shop');
  shop.spec.policies = ['store-hours'];
  return {
    ...decisions({
      namespaces: [shop, namespace('net')],
      applications: [
        application('pos', { namespace: 'shop' }),
        application('dns', { namespace: 'net' }),
      ],
    }),
    policies: new Map(
      Object.entries(policies).map(([name, spec]) => [
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

const HOURS: PolicySpec = { type: 'window', allow: [{ hours: 'closed' }] };
const FREEZE: PolicySpec = {
  type: 'freeze',
  clusters: { all: true },
  start: '2026-11-26T00:00',
  end: '2026-11-30T00:00',
  reason: 'Black Friday',
};

function held(policies: Record<string, PolicySpec>, now: string) {
  const input = decided(policies);
  const schedule = HoldSchedule.create(snapshot, input);
  const holds = schedule.at(new Date(now));
  const names = (of: (typeof holds)['applications'], name: string) =>
    [...(of.get(name) ?? [])].map(
      number => snapshot.clusters[number].metadata.name,
    );
  return {
    schedule,
    pos: names(holds.applications, 'pos'),
    dns: names(holds.applications, 'dns'),
    shop: names(holds.namespaces, 'shop'),
    net: names(holds.namespaces, 'net'),
    nextChange(app: string, name: string) {
      const subject = { application: input.applications.get(app)!.entity };
      return schedule
        .nextChange(subject, snapshot.numberOf(name)!, new Date(now))
        ?.toISOString();
    },
    reasons(app: string, name: string) {
      const subject = { application: input.applications.get(app)!.entity };
      return schedule
        .reasons(subject, snapshot.numberOf(name)!, new Date(now))
        .map(({ rule, reason, until }) => [rule, reason, until?.toISOString()]);
    },
  };
}

describe('HoldSchedule', () => {
  // 04:30Z: 23:30 in Boston, 22:30 in Austin, 21:30 in Denver.
  const late = '2026-11-25T04:30Z';

  it('holds a namespace that names a window where the store is open, and no other (demand 1)', () => {
    const found = held({ 'store-hours': HOURS }, late);
    expect(found).toMatchObject({
      pos: ['austin'],
      shop: ['austin'],
      dns: [],
      net: [],
    });
    expect(found.nextChange('pos', 'austin')).toBe('2026-11-25T05:00:00.000Z');
    expect(found.nextChange('pos', 'boston')).toBe('2026-11-25T04:30:00.000Z');
    expect(found.reasons('pos', 'austin')).toEqual([
      [
        'edgepolicy:default/store-hours',
        "Window 'store-hours' is closed",
        '2026-11-25T05:00:00.000Z',
      ],
    ]);
    expect(found.schedule.problems).toEqual([]);
  });

  it('freezes by the clocks of the stores, namespaces included (demand 4)', () => {
    // Midnight in Boston.
    const found = held(
      { 'store-hours': HOURS, friday: FREEZE },
      '2026-11-26T05:00Z',
    );
    expect(found).toMatchObject({
      pos: ['boston'],
      dns: ['boston'],
      net: ['boston'],
    });
    expect(found.nextChange('dns', 'boston')).toBe('2026-11-30T05:00:00.000Z');
    // Open now, frozen an hour later: a store that closes at 23:00 has until midnight.
    expect(found.nextChange('pos', 'austin')).toBe('2026-11-26T05:00:00.000Z');
    expect(found.reasons('dns', 'boston')).toEqual([
      [
        'edgepolicy:default/friday',
        "Freeze 'friday': Black Friday",
        '2026-11-30T05:00:00.000Z',
      ],
    ]);
  });

  it('finds the time at which all let it: a window within a freeze is none', () => {
    const found = held(
      { 'store-hours': HOURS, friday: FREEZE },
      '2026-11-26T18:00Z',
    );
    // The freeze ends at midnight, when the store is closed.
    expect(found.nextChange('pos', 'boston')).toBe('2026-11-30T05:00:00.000Z');
  });

  it('freezes what is selected, but not the exceptions (demand 5)', () => {
    const some: PolicySpec = {
      ...FREEZE,
      applications: { names: ['dns', 'pos'] },
      except: [
        { clusters: { groups: ['north'] } },
        { applications: { names: ['pos'] } },
      ],
      start: '2026-11-01T00:00Z',
    };
    const found = held({ 'store-hours': HOURS, some }, '2026-11-25T05:30Z');
    expect(found).toMatchObject({ pos: [], dns: ['austin'], net: [] });
  });

  it('is lifted by an override that covers it, for its time (demand 4)', () => {
    const lift: PolicySpec = {
      type: 'override',
      lifts: ['friday'],
      applications: { names: ['dns'] },
      clusters: { include: ['boston'] },
      start: '2026-11-27T01:00',
      end: '2026-11-27T03:00',
      reason: 'A price error',
    };
    const policies = { 'store-hours': HOURS, friday: FREEZE, lift };
    expect(held(policies, '2026-11-27T06:30Z')).toMatchObject({
      dns: ['austin', 'chicago'],
      net: ['austin', 'boston', 'chicago'],
    });
    expect(held(policies, '2026-11-27T08:00Z').dns).toContain('boston');
    const before = held(policies, '2026-11-26T18:00Z');
    expect(before.nextChange('dns', 'boston')).toBe('2026-11-27T06:00:00.000Z');
  });

  describe('says what a policy does now:', () => {
    const lift: PolicySpec = {
      type: 'override',
      lifts: ['friday'],
      applications: { names: ['dns'] },
      clusters: { include: ['boston'] },
      end: '2026-11-27T03:00',
      reason: 'A price error',
    };
    const input = decided({ 'store-hours': HOURS, friday: FREEZE, lift });
    const schedule = HoldSchedule.create(snapshot, input);
    const subject = (name: string) => ({
      application: input.applications.get(name)!.entity,
    });

    function effect(policy: string, now: string) {
      const found = schedule.effect(policy, new Date(now))!;
      const names = (name?: string) =>
        [...found.clusters(name ? subject(name) : undefined)].map(
          number => snapshot.clusters[number].metadata.name,
        );
      return {
        names,
        ends: found.ends(found.clusters()),
        period: found.period(found.scope),
      };
    }

    it('a window where it is closed, for what names it', () => {
      const { names, ends, period } = effect('store-hours', late);
      expect(names()).toEqual(['austin']);
      expect(names('pos')).toEqual(['austin']);
      expect(names('dns')).toEqual([]);
      expect(ends).toEqual({
        first: new Date('2026-11-25T05:00Z'),
        last: new Date('2026-11-25T05:00Z'),
      });
      expect(period).toBeUndefined();
    });

    it('a freeze from its first start to its last end, but where it is lifted', () => {
      const { names, ends, period } = effect('friday', '2026-11-26T18:00Z');
      expect(names()).toEqual(['austin', 'boston', 'chicago']);
      expect(names('dns')).toEqual(['austin', 'chicago']);
      expect(ends).toEqual({
        first: new Date('2026-11-30T05:00Z'),
        last: new Date('2026-11-30T06:00Z'),
      });
      expect(period).toEqual({
        first: new Date('2026-11-26T05:00Z'),
        last: new Date('2026-11-30T07:00Z'),
      });
      expect(effect('friday', '2026-11-30T08:00Z').names()).toEqual([]);
    });

    it('an override where it lifts', () => {
      const { names, period } = effect('lift', late);
      expect(names()).toEqual(['boston']);
      expect(names('dns')).toEqual(['boston']);
      expect(names('pos')).toEqual([]);
      expect(period).toEqual({ last: new Date('2026-11-27T08:00Z') });
    });

    it('nothing of what is no such policy', () => {
      expect(schedule.effect('nowhere', new Date(late))).toBeUndefined();
    });
  });

  it.each<[string, Record<string, PolicySpec>, string, string[]]>([
    [
      'a window that cannot be read',
      {
        'store-hours': {
          type: 'window',
          allow: [{ cron: 'never', duration: '1h' }],
        },
      },
      'spec.allow[0].cron',
      ['austin', 'boston', 'chicago'],
    ],
    [
      'a window that is not there',
      {},
      'spec.policies[0]',
      ['austin', 'boston', 'chicago'],
    ],
    [
      'a freeze of a group that is not there',
      {
        'store-hours': HOURS,
        f: {
          ...FREEZE,
          start: '2026-11-01T00:00',
          clusters: { groups: ['nowhere'] },
        },
      },
      'spec.clusters.groups[0]',
      ['austin', 'boston', 'chicago'],
    ],
    [
      'a freeze that never ends',
      { 'store-hours': HOURS, f: { ...FREEZE, end: '2026-02-30T00:00' } },
      'spec.end',
      ['austin', 'boston', 'chicago'],
    ],
    [
      'an override that cannot be read',
      {
        'store-hours': HOURS,
        f: {
          type: 'override',
          lifts: ['store-hours'],
          clusters: '((',
          end: '2027-01-01T00:00',
          reason: 'x',
        },
      },
      'spec.clusters',
      ['austin'],
    ],
    [
      'a namespace that names no window',
      { 'store-hours': { ...FREEZE, start: '2027-01-01T00:00' } },
      'spec.policies[0]',
      [],
    ],
  ])(
    'reports %s, and holds rather more than less',
    (_, policies, field, pos) => {
      const found = held(policies, late);
      expect(found.schedule.problems.map(problem => problem.field)).toEqual([
        field,
      ]);
      expect(found.pos).toEqual(pos);
    },
  );

  it('says of a draining cluster that it is, first and without an end', () => {
    const draining = Snapshot.create({
      clusters: [cluster('elpaso', { state: 'draining' })],
      groups: [group('north')],
    });
    const policies = { 'store-hours': HOURS };
    const schedule = HoldSchedule.create(draining, decided(policies));
    const reasons = schedule.reasons(
      { application: decided({}).applications.get('dns')!.entity },
      0,
      new Date(0),
    );
    expect(reasons).toEqual([
      {
        rule: 'edgecluster:default/elpaso',
        reason: 'The cluster is draining',
      },
    ]);
    const subject = { namespace: 'shop' };
    expect(schedule.nextChange(subject, 0, new Date(0))).toBeUndefined();
  });
});
