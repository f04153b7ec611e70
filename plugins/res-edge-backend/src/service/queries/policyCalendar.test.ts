import { PolicySpec } from '@res-edge/backstage-plugin-res-edge-common';
import { HoldSchedule } from '@res-edge/backstage-plugin-res-edge-engine';
import { createTestView, SEES_EVERYTHING } from '../../__testUtils__';
import { ReadGrants, VisibleFleet } from '../../permissions';
import { getPolicyCalendar } from './policyCalendar';

const clusters = { groups: ['geo.us'] };
const freeze = (start: string, end: string): PolicySpec => ({
  ...{ type: 'freeze', clusters, start, end, reason: 'Black Friday' },
});
const POLICIES: Record<string, PolicySpec> = {
  over: freeze('2026-11-11T00:00', '2026-11-15T00:00'),
  'far-away': freeze('2026-12-24T00:00', '2026-12-27T00:00'),
  soon: freeze('2026-11-25T00:00', '2026-11-29T00:00'),
  urgent: {
    ...{ type: 'override', lifts: ['soon'], reason: 'A price error' },
    ...{ clusters: { include: ['tx-austin-1'] }, end: '2026-11-26T00:00' },
  },
  night: {
    ...{ type: 'window', allow: [{ cron: '0 2 * * *', duration: '2h' }] },
  },
  unnamed: { type: 'window' },
  unreadable: { type: 'window', minimum: 'soon' },
};

/** At 12:00 of 20 November. */
function calendar(grants: Partial<ReadGrants> = {}) {
  const view = createTestView(inventory => inventory);
  const pointOfSale = view.decisions.namespaces.get('point-of-sale')!;
  const { entity } = pointOfSale;
  const decisions = {
    ...view.decisions,
    namespaces: new Map(view.decisions.namespaces).set('point-of-sale', {
      ...pointOfSale,
      entity: {
        ...entity,
        spec: { ...entity.spec, policies: ['night', 'unreadable'] },
      },
    }),
    policies: new Map(
      Object.entries(POLICIES).map(([name, spec]) => [
        name,
        {
          ...{ apiVersion: 'res-edge.io/v1alpha1' as const },
          ...{ kind: 'EdgePolicy' as const, metadata: { name }, spec },
        },
      ]),
    ),
  };
  const schedule = HoldSchedule.create(view.snapshot, decisions);
  const { now } = view.holding;
  const holding = {
    ...view.holding,
    effect: (name: string) => schedule.effect(name, now),
  };
  return getPolicyCalendar(
    VisibleFleet.of(
      { ...view, decisions, holding },
      { ...SEES_EVERYTHING, ...grants },
    ),
  );
}

describe('the calendar of policies', () => {
  it('has the freezes and overrides of two weeks', () => {
    const { from, hours, periods } = calendar();
    expect([from, hours]).toEqual(['2026-11-20T12:00:00.000Z', 14 * 24]);
    expect(periods).toEqual([
      {
        ...{ name: 'soon', type: 'freeze', reason: 'Black Friday' },
        summary: expect.stringMatching(/^Freezes everything on clusters in/),
        clusters: 4,
        period: {
          first: '2026-11-25T00:00:00.000Z',
          last: '2026-11-29T00:00:00.000Z',
        },
      },
      {
        ...{ name: 'urgent', type: 'override', reason: 'A price error' },
        summary: expect.stringMatching(/^Lifts soon/),
        ...{ clusters: 1, period: { last: '2026-11-26T00:00:00.000Z' } },
      },
    ]);
  });

  it('says on how many clusters each window that counts is open, hour by hour', () => {
    const { windows } = calendar();
    expect(windows.map(({ name }) => name)).toEqual(['night']);
    const [{ clusters: reached, open }] = windows;
    expect(open).toHaveLength(14 * 24);
    // 2:00 of 21 November is the 14th hour after 12:00.
    expect(open.slice(13, 17)).toEqual([0, reached, reached, 0]);
    expect(open.filter(count => count > 0)).toHaveLength(2 * 14);
  });

  it('counts what the caller may see', () => {
    const { periods, windows } = calendar({ EdgeCluster: 'none' });
    expect([periods, windows]).toEqual([[], []]);
    expect(calendar({ EdgePolicy: 'none' }).periods).toEqual([]);
  });
});
