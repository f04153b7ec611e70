import { entityRefOf } from '@res-edge/backstage-plugin-res-edge-common';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { ClientOptions, createClient } from '../client/createClient';
import { writeEntity } from '../client/writeEntity';
import { createEntity } from '../entities/createEntity';
import { examples } from './clusterRegister.examples';
import {
  metadataFields,
  owner,
  quantities,
  values,
  writtenFields,
} from './fields';

/**
 * Creates the action `res-edge:cluster:register`, which registers a cluster in the data service.
 *
 * @internal
 */
export function createClusterRegisterAction(options: ClientOptions) {
  const client = createClient(options);

  return createTemplateAction({
    id: 'res-edge:cluster:register',
    description:
      'Registers a cluster in the data service. No change where an equal one is registered, an error where another one has its name.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        name: z => z.string().describe('Name of the cluster, a DNS label'),
        ...metadataFields,
        owner,
        environment: z => z.string().optional().describe('Such as dev or prod'),
        groups: z =>
          z
            .array(z.string())
            .optional()
            .describe(
              'The groups that it is in, one or more of each hierarchy',
            ),
        attributes: z =>
          z
            .record(
              z.union([
                z.string(),
                z.number(),
                z.boolean(),
                z.array(z.string()),
              ]),
            )
            .optional()
            .describe('Typed facts about it'),
        capacity: z =>
          quantities(z, 'What it can run, as Kubernetes quantities'),
        timeZone: z =>
          z.string().optional().describe('IANA time zone of its place'),
        hours: z =>
          z
            .record(z.string())
            .optional()
            .describe('Operating hours by days, such as mon-fri: 06:00-23:00'),
        values,
        gitops: z =>
          z
            .enum(['flux', 'argocd'])
            .optional()
            .describe('What applies its manifests'),
        state: z =>
          z
            .enum(['provisioning', 'active', 'draining', 'retired'])
            .optional()
            .describe('Its state; active where left out'),
      },
      output: writtenFields,
    },
    async handler(ctx) {
      const { name, title, description, labels, ...spec } = ctx.input;
      const { status } = await writeEntity(client, ctx, () => ({
        action: 'create',
        entity: createEntity(
          'EdgeCluster',
          { name, title, description, labels },
          spec,
          ctx.templateInfo?.entityRef,
        ),
      }));
      ctx.logger.info(`Cluster ${name}: ${status}`);
      ctx.output('entityRef', entityRefOf('EdgeCluster', name));
      ctx.output('status', status);
    },
  });
}
