import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'The large stores of another region',
    example: stringify({
      steps: [
        {
          action: 'res-edge:target:change',
          id: 'target',
          name: 'Change the target',
          input: {
            namespace: 'point-of-sale',
            selector: {
              groups: ['geo.us.south'],
              matchLabels: { size: 'large' },
            },
          },
        },
      ],
    }),
  },
];
