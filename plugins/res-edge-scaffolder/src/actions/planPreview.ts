import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { MutationInput } from '@res-edge/backstage-plugin-res-edge-common';
import { ClientOptions, createClient } from '../client/createClient';
import { throwIfFailed } from '../client/writeEntity';
import { examples } from './planPreview.examples';

/**
 * Creates the action `res-edge:plan:preview`, which says what writes would cause.
 *
 * @internal
 */
export function createPlanPreviewAction(options: ClientOptions) {
  const client = createClient(options);

  return createTemplateAction({
    id: 'res-edge:plan:preview',
    description:
      'Says what writes of clusters, namespaces, applications and others would cause, as if all that they ask for were merged. Changes nothing; fails where one of them could not be made.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        mutations: z =>
          z
            .array(
              z.object({
                action: z.enum([
                  'create',
                  'replace',
                  'apply',
                  'patch',
                  'delete',
                ]),
                kind: z.string().optional(),
                name: z.string().optional(),
                entity: z.record(z.unknown()).optional(),
                patch: z.record(z.unknown()).optional(),
              }),
            )
            .min(1)
            .max(1000)
            .describe(
              'Each with an action and an entity, or with kind, name, and for patch a JSON merge patch',
            ),
      },
      output: {
        totals: z =>
          z
            .object({
              won: z.number(),
              lost: z.number(),
              changed: z.number(),
              refused: z.number(),
              held: z.number(),
              released: z.number(),
            })
            .describe(
              'Placements won, lost, changed, refused, held and released',
            ),
        changeRequests: z =>
          z
            .array(z.string())
            .describe('Titles of what people would be asked to merge'),
        problems: z =>
          z.array(z.string()).describe('Problems that would arise'),
      },
    },
    async handler(ctx) {
      const { results, effect } = await client.api.whatIf(
        { mutations: ctx.input.mutations as MutationInput[] },
        await client.optionsFor(ctx),
      );
      results.forEach(throwIfFailed);
      const { totals, changeRequests, problems } = effect;
      ctx.logger.info(`It would cause: ${JSON.stringify(totals)}`);
      ctx.output('totals', { ...totals });
      ctx.output(
        'changeRequests',
        changeRequests.map(({ title }) => title),
      );
      ctx.output(
        'problems',
        problems.arising.items.map(
          ({ entity, message }) => `${entity}: ${message}`,
        ),
      );
    },
  });
}
