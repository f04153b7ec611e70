import type { EdgePolicyEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { entity } from './entity.ts';

/** What the law does not allow, and where. */
export function policies(): EdgePolicyEntity[] {
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
