import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'A new application with its first manifests',
    example: stringify({
      steps: [
        {
          action: 'res-edge:application:write',
          id: 'write',
          name: 'Write the application',
          input: {
            name: '${{ parameters.name }}',
            owner: '${{ parameters.owner }}',
            namespace: 'point-of-sale',
            version: '1.0.0',
            image: 'registry.example.com/pos/imdb:1.0.0',
            port: 8080,
            healthPath: '/healthz',
            requests: { cpu: '250m', memory: '64Mi' },
            values: { logLevel: 'info' },
          },
        },
      ],
    }),
  },
  {
    description: 'Another version of an application that is in the file',
    example: stringify({
      steps: [
        {
          action: 'res-edge:application:write',
          id: 'write',
          name: 'Set the version',
          input: {
            filePath: 'fleet/applications.yaml',
            name: 'imdb',
            version: '1.0.1',
          },
        },
      ],
    }),
  },
];
