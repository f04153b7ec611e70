import type { EdgePolicyEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { entity } from './entity.ts';

/** What the law does not allow and where, and when changes may come. */
export function policies(): EdgePolicyEntity[] {
  return [...prohibitions(), ...times(), rings()];
}

/** Applications choose it by naming it in `rollout`. */
function rings(): EdgePolicyEntity {
  return entity(
    'EdgePolicy',
    { name: 'store-rings', title: 'Beta stores, pilot stores, all' },
    {
      type: 'rollout',
      owner: 'group:default/platform-team',
      rings: [
        {
          ...{ name: 'beta', clusters: { matchLabels: { ring: 'beta' } } },
          ...{ atOnce: '50%', soak: '10m' },
        },
        {
          ...{ name: 'pilot', clusters: { matchLabels: { ring: 'pilot' } } },
          ...{ atOnce: '25%', soak: '10m' },
        },
        { name: 'prod', clusters: { all: true }, batchDelay: '5m' },
      ],
      onFailure: 'rollBack',
    },
  );
}

function prohibitions(): EdgePolicyEntity[] {
  return [
    entity(
      'EdgePolicy',
      { name: 'us-alcohol-law', title: 'Alcohol by kiosk' },
      {
        type: 'prohibition',
        owner: 'group:default/legal',
        applications: { matchLabels: { content: 'alcohol' } },
        clusters: { expression: 'cluster.labels.state in ["ut", "ks", "pa"]' },
        reason: 'Alcohol must be sold by a person in these states',
        reference: 'https://example.org/laws/alcohol-by-kiosk',
      },
    ),
    entity(
      'EdgePolicy',
      { name: 'biometric-privacy', title: 'Biometric privacy' },
      {
        type: 'prohibition',
        owner: 'group:default/legal',
        applications: { matchLabels: { data: 'biometric' } },
        clusters: {
          matchExpressions: [
            { key: 'state', operator: 'In', values: ['il', 'tx', 'wa', 'qc'] },
          ],
        },
        reason: 'Faces may not be measured without written consent',
        reference: 'https://example.org/laws/biometric-privacy',
      },
    ),
    entity(
      'EdgePolicy',
      { name: 'quebec-language', title: 'Language of menus in Quebec' },
      {
        type: 'prohibition',
        owner: 'group:default/legal',
        applications: { matchLabels: { language: 'english-only' } },
        clusters: { groups: ['geo.ca.qc'] },
        reason: 'What customers read must be in French there',
        reference: 'https://example.org/laws/charter-of-the-language',
      },
    ),
  ];
}

/** Namespaces choose the window by naming it in `policies`; a freeze holds for all that it selects. */
function times(): EdgePolicyEntity[] {
  return [
    entity(
      'EdgePolicy',
      { name: 'store-hours', title: 'While the store is closed' },
      {
        type: 'window',
        owner: 'group:default/store-operations',
        allow: [{ hours: 'closed' }],
        minimum: '30m',
      },
    ),
    entity(
      'EdgePolicy',
      { name: 'thanksgiving-2027', title: 'Thanksgiving weekend 2027' },
      {
        type: 'freeze',
        owner: 'group:default/store-operations',
        clusters: { groups: ['geo.us'] },
        start: '2027-11-24T00:00',
        end: '2027-11-30T00:00',
        reason: 'The busiest days of the year',
      },
    ),
  ];
}
