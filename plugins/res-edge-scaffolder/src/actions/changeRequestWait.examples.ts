import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Wait for the change request of a new application',
    example: stringify({
      steps: [
        {
          action: 'res-edge:change-request:wait',
          id: 'change-request',
          name: 'Wait for the plan',
          input: { application: '${{ parameters.name }}' },
        },
      ],
    }),
  },
  {
    description: 'Wait up to ten minutes, for one that is still to be merged',
    example: stringify({
      steps: [
        {
          action: 'res-edge:change-request:wait',
          id: 'change-request',
          name: 'Wait for the plan',
          input: { application: 'imdb', state: 'open', timeoutSeconds: 600 },
        },
      ],
    }),
  },
];
