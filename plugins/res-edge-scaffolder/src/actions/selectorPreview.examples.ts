import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Show how many clusters a selector matches',
    example: stringify({
      steps: [
        {
          action: 'res-edge:selector:preview',
          id: 'preview',
          name: 'Preview the clusters',
          input: {
            selector: {
              groups: ['geo.us.northeast'],
              matchLabels: { size: 'large' },
              expression: 'cluster.attributes.lanes >= 2',
            },
          },
        },
      ],
    }),
  },
  {
    description: 'Count the matches of an expression below one group',
    example: stringify({
      steps: [
        {
          action: 'res-edge:selector:preview',
          id: 'preview',
          name: 'Preview the clusters',
          input: {
            selector: 'cluster.labels.ring == "beta"',
            by: 'geo.us',
            sample: 5,
          },
        },
      ],
    }),
  },
];
