import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'What another target would change',
    example: stringify({
      steps: [
        {
          action: 'res-edge:plan:preview',
          id: 'preview',
          name: 'Preview the plan',
          input: {
            mutations: [
              {
                action: 'patch',
                kind: 'EdgeNamespace',
                name: 'point-of-sale',
                patch: { spec: { selector: 'cluster.inGroup("geo.us")' } },
              },
            ],
          },
        },
      ],
    }),
  },
];
