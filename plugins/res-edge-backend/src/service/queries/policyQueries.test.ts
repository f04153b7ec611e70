import {
  EdgePolicyEntity,
  PolicySpec,
} from '@res-edge/backstage-plugin-res-edge-common';
import { HoldSchedule } from '@res-edge/backstage-plugin-res-edge-engine';
import { createTestView, SEES_EVERYTHING } from '../../__testUtils__';
import { ReadGrants, VisibleFleet } from '../../permissions';
import { listPolicies } from './policyQueries';

function policy(name: string, spec: PolicySpec): EdgePolicyEntity {
  return {
    apiVersion: 'res-edge.io/v1alpha1',
    kind: 'EdgePolicy',
    metadata: { name },
    spec,
  };
}

function freeze(name: string, start: string, end: string): EdgePolicyEntity {
  return policy(name, {
    type: 'freeze',
    clusters: { groups: ['geo.us'] },
    start,
    end,
    reason: 'Black Friday',
  });
}

const merged = [
  policy('night', {
    type: 'window',
    allow: [{ cron: '0 2 * * *', duration: '2h' }],
  }),
  freeze('this-week', '2026-11-18T00:00', '2026-11-22T00:00'),
  freeze('next-week', '2026-11-25T00:00', '2026-11-29T00:00'),
  freeze('last-week', '2026-11-11T00:00', '2026-11-15T00:00'),
  policy('urgent', {
    type: 'override',
    lifts: ['this-week'],
    clusters: { include: ['tx-austin-1'] },
    end: '2026-11-21T00:00',
    reason: 'A price error',
  }),
  policy('unreadable', {
    type: 'override',
    lifts: ['night'],
    clusters: '((',
    end: '2026-11-21T00:00',
    reason: 'x',
  }),
];

/** At noon of 20 November. A change of imdb waits on tx-austin-2. */
function createFleet(grants: Partial<ReadGrants> = {}): VisibleFleet {
  const view = createTestView(inventory => ({
    ...inventory,
    policies: [
      ...inventory.policies,
      policy('new', { type: 'window', minimum: '1h' }),
    ],
  }));
  const pointOfSale = view.decisions.namespaces.get('point-of-sale')!;
  const { entity } = pointOfSale;
  const decisions = {
    ...view.decisions,
    namespaces: new Map(view.decisions.namespaces).set('point-of-sale', {
      ...pointOfSale,
      entity: { ...entity, spec: { ...entity.spec, policies: ['night'] } },
    }),
    policies: new Map([
      ...view.decisions.policies,
      ...merged.map(each => [each.metadata.name, each] as const),
    ]),
  };
  const schedule = HoldSchedule.create(view.snapshot, decisions);
  const { holding } = view;
  return VisibleFleet.of(
    {
      ...view,
      decisions,
      problems: schedule.problems,
      holding: {
        ...holding,
        effect: name => schedule.effect(name, holding.now),
      },
    },
    { ...SEES_EVERYTHING, ...grants },
  );
}

function byName(grants?: Partial<ReadGrants>) {
  const { at, items } = listPolicies(
    createFleet(grants),
    new Map([['edgepolicy:default/new', 'cr-1']]),
  );
  expect(at).toBe('2026-11-20T12:00:00.000Z');
  return Object.fromEntries(items.map(({ name, ...row }) => [name, row]));
}

describe('policies', () => {
  it('say what they do now, and until when', () => {
    const rows = byName();
    expect(Object.keys(rows)).toEqual([
      'last-week',
      'new',
      'next-week',
      'night',
      'this-week',
      'unreadable',
      'urgent',
      'us-alcohol-law',
    ]);
    expect(rows['us-alcohol-law']).toMatchObject({
      type: 'prohibition',
      phase: 'active',
      summary: 'Forbids beer-kiosk on clusters with state ut',
      reason: 'Sale by kiosk is not allowed in these states',
      clusters: 1,
      refused: 1,
    });
    expect(rows.night).toMatchObject({
      phase: 'active',
      clusters: 3,
      held: 1,
      ends: {
        first: '2026-11-21T02:00:00.000Z',
        last: '2026-11-21T02:00:00.000Z',
      },
      namespaces: ['point-of-sale'],
    });
    expect(rows.urgent).toMatchObject({
      phase: 'active',
      clusters: 1,
      period: { last: '2026-11-21T00:00:00.000Z' },
    });
    expect(rows.urgent).not.toHaveProperty('held');
  });

  it('tell what is over, what is to come, and what main does not have yet', () => {
    const rows = byName();
    const now = { clusters: 3, held: 1 };
    const nothing = { clusters: 0, held: 0 };
    expect(rows['this-week']).toMatchObject({ phase: 'active', ...now });
    expect(rows['next-week']).toMatchObject({ phase: 'upcoming', ...nothing });
    expect(rows['last-week']).toMatchObject({
      phase: 'over',
      ...nothing,
      period: {
        first: '2026-11-11T00:00:00.000Z',
        last: '2026-11-15T00:00:00.000Z',
      },
    });
    expect(rows.new).toMatchObject({
      phase: 'unmerged',
      changeRequest: 'cr-1',
      clusters: 0,
    });
    expect(rows.unreadable).toMatchObject({ clusters: 0, problems: 1 });
  });

  it('count nothing that the caller may not see', () => {
    const utah = { fact: 'group', values: ['geo.us.ut'] } as const;
    const rows = byName({
      EdgeCluster: utah,
      EdgeNamespace: 'none',
      EdgeApplication: 'none',
      EdgeGroup: utah,
    });
    expect(rows.night).toMatchObject({ clusters: 0, held: 0, namespaces: [] });
    expect(rows['this-week']).toMatchObject({
      clusters: 1,
      held: 0,
      summary: 'This names something that you may not see',
    });
    expect(rows.urgent).toMatchObject({ clusters: 0 });
    expect(rows['us-alcohol-law']).toMatchObject({ clusters: 1, refused: 0 });
    expect(byName({ EdgePolicy: 'none' })).toEqual({});
  });
});
