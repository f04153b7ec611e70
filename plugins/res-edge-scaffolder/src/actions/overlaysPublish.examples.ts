import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Other values in one region',
    example: stringify({
      steps: [
        {
          action: 'res-edge:overlays:publish',
          id: 'publish',
          name: 'Publish the overlay',
          input: {
            application: 'imdb',
            overrides: [
              {
                name: 'west',
                selector: { groups: ['geo.us.west'] },
                values: { banner: 'west' },
              },
            ],
          },
        },
      ],
    }),
  },
];
