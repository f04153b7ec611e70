import {
  PolicyCalendar,
  PolicyRow,
  ResEdgeApi,
} from '@res-edge/backstage-plugin-res-edge-common';

const HOUR = 3_600_000;

function inHours(hours: number): string {
  // A little more, so that it is still as many hours when a page is drawn.
  return new Date(Date.now() + hours * HOUR + 60_000).toISOString();
}

function policy(
  name: string,
  row: Pick<PolicyRow, 'type' | 'phase' | 'summary'> & Partial<PolicyRow>,
): PolicyRow {
  return { name, clusters: 0, namespaces: [], problems: 0, ...row };
}

/** One of each type, and a freeze in each phase. */
function rows(): PolicyRow[] {
  const summary =
    'Freezes everything on clusters in stores from 2026-11-26 00:00 to 2026-12-01 00:00, local time';
  const freeze = { type: 'freeze', summary, held: 0 } as const;
  return [
    policy('alcohol-law', {
      type: 'prohibition',
      phase: 'active',
      title: 'Alcohol by kiosk',
      summary: 'Forbids beer-kiosk on clusters with state ut',
      reason: 'The law',
      clusters: 4,
      refused: 3,
    }),
    policy('black-friday', {
      ...freeze,
      phase: 'active',
      reason: 'Black Friday',
      clusters: 12,
      held: 1,
      ends: { first: inHours(20), last: inHours(23) },
    }),
    policy('christmas', {
      ...freeze,
      phase: 'upcoming',
      period: { first: inHours(26 * 24), last: inHours(28 * 24) },
    }),
    policy('easter', {
      ...freeze,
      phase: 'over',
      period: { first: inHours(-240 * 24), last: inHours(-236 * 24) },
    }),
    policy('new-year', {
      ...freeze,
      phase: 'unmerged',
      changeRequest: 'imdb',
      problems: 2,
    }),
    policy('price-error', {
      type: 'override',
      phase: 'active',
      summary: 'Lifts black-friday for imdb on clusters in beta',
      clusters: 2,
      ends: { first: inHours(2), last: inHours(2.1) },
    }),
    policy('store-hours', {
      type: 'window',
      phase: 'active',
      summary: 'Allows changes while the store is closed; 45m must be left',
      clusters: 9,
      held: 5,
      ends: { first: inHours(3) },
      namespaces: ['imdb'],
    }),
    policy('weekend', {
      type: 'window',
      phase: 'active',
      summary: 'Allows changes at any time',
      held: 0,
    }),
  ];
}

/** A freeze and a window, for two weeks from the hour of now. */
function calendar(): PolicyCalendar {
  const from = Math.floor(Date.now() / HOUR) * HOUR;
  return {
    ...{ from: new Date(from).toISOString(), hours: 14 * 24 },
    periods: [
      {
        ...{ name: 'black-friday', type: 'freeze', reason: 'Black Friday' },
        summary: 'Freezes everything on clusters in stores',
        clusters: 12,
        period: { first: inHours(20), last: inHours(60) },
      },
      {
        ...{ name: 'price-error', type: 'override', clusters: 2 },
        summary: 'Lifts black-friday for imdb on clusters in beta',
        period: { last: inHours(30) },
      },
    ],
    windows: [
      {
        ...{ name: 'store-hours', clusters: 18 },
        summary: 'Allows changes while the store is closed; 45m must be left',
        open: Array.from({ length: 14 * 24 }, (_, hours) =>
          hours % 24 < 6 ? 18 : 0,
        ),
      },
    ],
  };
}

/** What is forbidden, and when changes may come. */
export function policySamples(): Pick<
  ResEdgeApi,
  'listPolicies' | 'getPolicyCalendar'
> {
  return {
    listPolicies: async () => ({
      at: '2026-11-20T10:00:00Z',
      items: rows(),
    }),
    getPolicyCalendar: async () => calendar(),
  };
}
