import {
  ClusterSelector,
  entityRefOf,
} from '@res-edge/backstage-plugin-res-edge-common';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { ClientOptions, createClient } from '../client/createClient';
import { writeEntity } from '../client/writeEntity';
import { createEntity } from '../entities/createEntity';
import { withoutUndefined } from '../entities/withoutUndefined';
import {
  metadataFields,
  quantities,
  selector,
  values,
  writtenFields,
} from './fields';
import { examples } from './namespaceCreate.examples';

/**
 * Creates the action `res-edge:namespace:create`, which creates a namespace in the data service.
 *
 * @internal
 */
export function createNamespaceCreateAction(options: ClientOptions) {
  const client = createClient(options);

  return createTemplateAction({
    id: 'res-edge:namespace:create',
    description:
      'Creates a namespace in the data service, which asks for a change request. No change where an equal one is there, an error where another one has its name.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        name: z => z.string().describe('Name of the namespace, a DNS label'),
        ...metadataFields,
        owner: z => z.string().describe('Entity reference of its owner'),
        businessUnit: z =>
          z.string().optional().describe('The part of the company it is of'),
        environment: z => z.string().optional().describe('Such as dev or prod'),
        selector: z =>
          selector(z)
            .optional()
            .describe(
              'Which clusters, as a mapping or an expression; nowhere where left out',
            ),
        quota: z => quantities(z, 'What all of it may use on each cluster'),
        limits: z =>
          quantities(z, 'What a container may use where it says nothing'),
        isolation: z =>
          z
            .enum(['restricted', 'baseline', 'open'])
            .optional()
            .describe('Preset of network policy and pod security'),
        values,
        policies: z =>
          z
            .array(z.string())
            .optional()
            .describe('Windows that its changes wait for'),
      },
      output: writtenFields,
    },
    async handler(ctx) {
      const { name, title, description, labels, quota, limits, ...spec } =
        ctx.input;
      const { status } = await writeEntity(client, ctx, () => ({
        action: 'create',
        entity: createEntity(
          'EdgeNamespace',
          { name, title, description, labels },
          {
            ...spec,
            selector: spec.selector as ClusterSelector | string | undefined,
            resources:
              quota || limits ? withoutUndefined({ quota, limits }) : undefined,
          },
          ctx.templateInfo?.entityRef,
        ),
      }));
      ctx.logger.info(`Namespace ${name}: ${status}`);
      ctx.output('entityRef', entityRefOf('EdgeNamespace', name));
      ctx.output('status', status);
    },
  });
}
