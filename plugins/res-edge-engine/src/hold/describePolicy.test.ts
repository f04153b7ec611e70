import { PolicySpec } from '@res-edge/backstage-plugin-res-edge-common';
import { describePolicy } from './describePolicy';

describe('describePolicy', () => {
  it.each<[string, PolicySpec]>([
    [
      'Forbids applications with content alcohol on clusters where state is ut or ks',
      {
        type: 'prohibition',
        applications: { matchLabels: { content: 'alcohol' } },
        clusters: {
          matchExpressions: [
            { key: 'state', operator: 'In', values: ['ut', 'ks'] },
          ],
        },
        reason: 'x',
      },
    ],
    [
      'Forbids beer and wine of bar on clusters where /g/geo/us',
      {
        type: 'prohibition',
        applications: { names: ['beer', 'wine'], namespaces: ['bar'] },
        clusters: '/g/geo/us',
        reason: 'x',
      },
    ],
    ['Allows changes at any time', { type: 'window' }],
    [
      'Allows changes while the store is closed; clusters keep to it by themselves, too',
      { type: 'window', allow: [{ hours: 'closed' }], onCluster: true },
    ],
    [
      'Allows changes while the store is closed or for 2h from each cron 0 2 * * *, America/Chicago; never for 24h from each RRULE FREQ=WEEKLY;BYDAY=FR, local time; 45m must be left',
      {
        type: 'window',
        allow: [
          { hours: 'closed' },
          { cron: '0 2 * * *', duration: '2h', timeZone: 'America/Chicago' },
        ],
        deny: [{ rrule: 'FREQ=WEEKLY;BYDAY=FR', duration: '24h' }],
        minimum: '45m',
      },
    ],
    [
      'Freezes everything on clusters in geo.us or geo.ca with size large and austin without labs-1 from 2026-11-26 00:00 to 2026-12-01 00:00, local time; not everything on clusters in labs; not price-feed',
      {
        type: 'freeze',
        clusters: {
          groups: ['geo.us', 'geo.ca'],
          matchLabels: { size: 'large' },
          include: ['austin'],
          exclude: ['labs-1'],
        },
        start: '2026-11-26T00:00',
        end: '2026-12-01T00:00',
        except: [
          { clusters: { groups: ['labs'] } },
          { applications: { names: ['price-feed'] } },
        ],
        reason: 'x',
      },
    ],
    [
      'Lifts black-friday and store-hours for imdb on austin from its merge to 2026-11-27 03:00, UTC',
      {
        type: 'override',
        lifts: ['black-friday', 'store-hours'],
        applications: { names: ['imdb'] },
        clusters: { include: ['austin'] },
        end: '2026-11-27T03:00',
        timeZone: 'UTC',
        reason: 'x',
      },
    ],
  ])('%s', (sentence, spec) => {
    expect(describePolicy(spec)).toBe(sentence);
  });
});
