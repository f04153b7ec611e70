import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Onboard an application from a container image',
    example: stringify({
      steps: [
        {
          action: 'res-edge:application:write',
          id: 'write',
          name: 'Write the application',
          input: {
            name: 'imdb',
            owner: 'group:default/pos-team',
            namespace: 'point-of-sale',
            version: '1.0.0',
            image: 'registry.example.com/pos/imdb:1.0.0',
          },
        },
        {
          action: 'res-edge:application:onboard',
          id: 'onboard',
          name: 'Onboard the application',
          input: {},
        },
      ],
    }),
  },
];
