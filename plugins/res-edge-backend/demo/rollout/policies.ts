import { EdgePolicyEntity } from '@res-edge/backstage-plugin-res-edge-common';

/** The policies of the demo: rings, when a store may change, and who signs overrides. */
export function policies(): EdgePolicyEntity[] {
  return [
    policy('store-rings', {
      type: 'rollout',
      rings: [
        {
          ...{ name: 'beta', clusters: { matchLabels: { ring: 'beta' } } },
          ...{ atOnce: '25%', soak: '2h', deferAfter: '3h' },
        },
        {
          ...{ name: 'pilot', clusters: { matchLabels: { ring: 'pilot' } } },
          ...{ atOnce: '20%', soak: '4h' },
        },
        {
          ...{ name: 'prod', clusters: { all: true } },
          ...{ atOnce: '20%', batchDelay: '10m' },
        },
      ],
      onFailure: 'rollBack',
    }),
    policy('closed-or-night', {
      type: 'window',
      // Stores at airports never close.
      allow: [{ hours: 'closed' }, { cron: '0 3 * * *', duration: '1h' }],
    }),
    policy('signed-overrides', {
      type: 'approval',
      steps: [{ from: ['group:default/store-operations'], count: 2 }],
      requiredFor: ['overrides'],
    }),
  ];
}

function policy(
  name: string,
  spec: EdgePolicyEntity['spec'],
): EdgePolicyEntity {
  return {
    apiVersion: 'res-edge.io/v1alpha1',
    kind: 'EdgePolicy',
    metadata: { name },
    spec: { ...spec, owner: 'group:default/store-operations' },
  };
}
