import { edgeEntityPermission } from '@res-edge/backstage-plugin-res-edge-common';
import { ActionOptions, reading } from './ActionOptions';

const PERMISSION = edgeEntityPermission('EdgeCluster', 'read');

/** Which clusters a selector matches now. @internal */
export function registerPreviewSelectorAction({
  actionsRegistry,
  accessFactory,
  operations,
}: ActionOptions): void {
  actionsRegistry.register({
    name: 'preview-selector',
    title: 'Preview a selector',
    description:
      'Tells how many and which clusters a selector matches now. A selector is a CEL expression over `cluster`, such as `cluster.inGroup("geo.us") && cluster.labels.size == "large"`.',
    attributes: reading,
    schema: {
      input: z =>
        z.object({
          selector: z.string().describe('The selector, as an expression'),
          sample: z
            .number()
            .int()
            .min(0)
            .max(1000)
            .optional()
            .describe('How many names to give, 20 where left out'),
          by: z
            .string()
            .optional()
            .describe('Count by the children of this group'),
        }),
      output: z =>
        z.object({
          count: z.number(),
          total: z.number().describe('Clusters in the fleet'),
          sample: z.array(z.string()),
          byGroup: z.array(z.object({ group: z.string(), count: z.number() })),
        }),
    },
    action: async ({ input, credentials }) => {
      const access = await accessFactory.forCaller(credentials, [
        PERMISSION.name,
      ]);
      const { count, total, sample, byGroup } =
        await operations.previewSelector({
          path: {},
          query: {},
          body: input,
          access,
        });
      return {
        output: {
          count,
          total,
          sample,
          byGroup: byGroup.map(row => ({ group: row.group, count: row.count })),
        },
      };
    },
  });
}
