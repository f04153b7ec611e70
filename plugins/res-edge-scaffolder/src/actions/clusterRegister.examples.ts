import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'A store that is not open yet',
    example: stringify({
      steps: [
        {
          action: 'res-edge:cluster:register',
          id: 'register',
          name: 'Register the cluster',
          input: {
            name: 'central-tx-atx-2303',
            title: 'Austin, South Lamar',
            owner: 'group:default/store-operations',
            environment: 'prod',
            groups: ['geo.us.central.tx.austin', 'franchise.corporate'],
            labels: { size: 'large' },
            attributes: { lanes: 2, grill: ['acme3000'] },
            capacity: { cpu: '16', memory: '64Gi' },
            timeZone: 'America/Chicago',
            state: 'provisioning',
          },
        },
      ],
    }),
  },
];
