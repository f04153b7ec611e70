import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Stores from a spreadsheet',
    example: stringify({
      steps: [
        {
          action: 'res-edge:records:import',
          id: 'import',
          name: 'Register the stores',
          input: {
            format: 'csv',
            content: 'name,group,lanes\nstore-1,geo.us,2\n',
            mapping: {
              kind: 'EdgeCluster',
              columns: {
                name: 'metadata.name',
                group: 'spec.groups',
                lanes: { field: 'spec.attributes.lanes', type: 'number' },
              },
            },
            defaults: { EdgeCluster: { 'spec.environment': 'prod' } },
          },
        },
      ],
    }),
  },
];
