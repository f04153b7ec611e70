import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Release a version, ring by ring',
    example: stringify({
      steps: [
        {
          action: 'res-edge:rollout:start',
          id: 'rollout',
          name: 'Start the rollout',
          input: { application: 'imdb', version: '1.4.2' },
        },
      ],
    }),
  },
  {
    description: 'Do not wait until it has begun',
    example: stringify({
      steps: [
        {
          action: 'res-edge:rollout:start',
          id: 'rollout',
          name: 'Start the rollout',
          input: { application: 'imdb', version: '1.4.2', timeoutSeconds: 0 },
        },
      ],
    }),
  },
];
