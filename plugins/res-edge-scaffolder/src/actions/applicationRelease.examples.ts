import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Another image',
    example: stringify({
      steps: [
        {
          action: 'res-edge:application:release',
          id: 'release',
          name: 'Release the version',
          input: {
            name: 'imdb',
            version: '1.0.1',
            image: 'registry.example.com/pos/imdb:1.0.1',
          },
        },
      ],
    }),
  },
  {
    description: 'Another value with it',
    example: stringify({
      steps: [
        {
          action: 'res-edge:application:release',
          id: 'release',
          name: 'Release the version',
          input: {
            name: 'imdb',
            version: '1.0.2',
            values: { logLevel: 'debug' },
          },
        },
      ],
    }),
  },
];
