import {
  entityRefOf,
  ResEdgeApiError,
} from '@res-edge/backstage-plugin-res-edge-common';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { ClientOptions, createClient } from '../client/createClient';
import { writeEntity } from '../client/writeEntity';
import { examples } from './applicationRetire.examples';
import { writtenFields } from './fields';

/**
 * Creates the action `res-edge:application:retire`, which takes an application out of the data service.
 *
 * @internal
 */
export function createApplicationRetireAction(options: ClientOptions) {
  const client = createClient(options);

  return createTemplateAction({
    id: 'res-edge:application:retire',
    description:
      'Takes an application out of the data service, which asks for a change request that takes it from its clusters. No change where it is gone already.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        name: z => z.string().describe('Name of the application'),
      },
      output: writtenFields,
    },
    async handler(ctx) {
      const { name } = ctx.input;
      const status = await retire();
      ctx.logger.info(`Application ${name}: ${status}`);
      ctx.output('entityRef', entityRefOf('EdgeApplication', name));
      ctx.output('status', status);

      async function retire() {
        try {
          await client.api.getEntity(
            { kind: 'EdgeApplication', name },
            await client.optionsFor(ctx),
          );
        } catch (error) {
          if (error instanceof ResEdgeApiError && error.statusCode === 404) {
            return 'unchanged';
          }
          throw error;
        }
        const result = await writeEntity(client, ctx, () => ({
          action: 'delete',
          kind: 'EdgeApplication',
          name,
        }));
        return result.status;
      }
    },
  });
}
