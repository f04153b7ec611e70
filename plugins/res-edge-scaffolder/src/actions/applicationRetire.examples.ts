import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Take an application from all clusters',
    example: stringify({
      steps: [
        {
          action: 'res-edge:application:retire',
          id: 'retire',
          name: 'Retire the application',
          input: { name: 'imdb' },
        },
      ],
    }),
  },
];
