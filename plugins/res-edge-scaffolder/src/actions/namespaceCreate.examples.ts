import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'A namespace on the large stores of a region',
    example: stringify({
      steps: [
        {
          action: 'res-edge:namespace:create',
          id: 'create',
          name: 'Create the namespace',
          input: {
            name: 'point-of-sale',
            owner: 'group:default/pos-team',
            environment: 'prod',
            selector: {
              groups: ['geo.us.northeast'],
              matchLabels: { size: 'large' },
            },
            quota: { cpu: '2', memory: '4Gi' },
            isolation: 'restricted',
          },
        },
      ],
    }),
  },
];
