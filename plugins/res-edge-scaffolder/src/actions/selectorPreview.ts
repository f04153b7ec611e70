import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  ResEdgeApiError,
  Selector,
} from '@res-edge/backstage-plugin-res-edge-common';
import { createClient } from '../client/createClient';
import { describeSelectorError } from '../client/describeSelectorError';
import { examples } from './selectorPreview.examples';

/**
 * Creates the action `res-edge:selector:preview`, which says which clusters a selector matches now.
 *
 * @internal
 */
export function createSelectorPreviewAction(options: {
  auth: AuthService;
  discovery: DiscoveryService;
}) {
  const client = createClient(options);

  return createTemplateAction({
    id: 'res-edge:selector:preview',
    description:
      'Says how many and which clusters of the fleet a selector matches now. Changes nothing; fails where the selector is wrong, and says where.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        selector: z =>
          z
            .union([z.string(), z.record(z.unknown())])
            .describe(
              'The selector: a mapping as in an EdgeNamespace, an expression in CEL, or one that starts with /',
            ),
        sample: z =>
          z
            .number()
            .int()
            .min(0)
            .max(1000)
            .optional()
            .describe('How many names to give; 20 where left out'),
        by: z =>
          z
            .string()
            .optional()
            .describe(
              'Count by the children of this group; by the roots of all hierarchies where left out',
            ),
      },
      output: {
        count: z => z.number().describe('How many clusters match'),
        total: z => z.number().describe('How many clusters there are'),
        sample: z =>
          z.array(z.string()).describe('Names of some clusters that match'),
        byGroup: z =>
          z
            .array(z.object({ group: z.string(), count: z.number() }))
            .describe('How many clusters match in each group'),
      },
    },
    async handler(ctx) {
      const { sample, by } = ctx.input;
      const selector: Selector = ctx.input.selector;
      try {
        const preview = await client.api.previewSelector(
          { selector, sample, by },
          await client.optionsFor(ctx),
        );
        ctx.logger.info(
          `The selector matches ${preview.count} of ${preview.total} clusters`,
        );
        ctx.output('count', preview.count);
        ctx.output('total', preview.total);
        ctx.output('sample', preview.sample);
        ctx.output(
          'byGroup',
          preview.byGroup.map(({ group, count }) => ({ group, count })),
        );
      } catch (error) {
        if (error instanceof ResEdgeApiError && error.statusCode === 400) {
          throw new InputError(describeSelectorError(error, selector));
        }
        throw error;
      }
    },
  });
}
