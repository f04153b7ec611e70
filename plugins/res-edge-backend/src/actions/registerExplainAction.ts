import { edgeEntityPermission } from '@res-edge/backstage-plugin-res-edge-common';
import { ActionOptions, reading } from './ActionOptions';

const PERMISSION = edgeEntityPermission('EdgeApplication', 'read');

/** Why an application is placed on a cluster, or why not. @internal */
export function registerExplainAction({
  actionsRegistry,
  accessFactory,
  operations,
}: ActionOptions): void {
  actionsRegistry.register({
    name: 'explain-placement',
    title: 'Explain a placement',
    description:
      'Tells whether an application is placed on a cluster, each step of the decision with its rule, and what would have to change for the opposite.',
    attributes: reading,
    schema: {
      input: z =>
        z.object({
          application: z.string().describe('Name of an EdgeApplication'),
          cluster: z.string().describe('Name of an EdgeCluster'),
        }),
      output: z =>
        z.object({
          placed: z.boolean(),
          version: z.string().optional(),
          delivered: z
            .string()
            .optional()
            .describe('The version in the bill of the cluster'),
          summary: z.string(),
          steps: z.array(
            z.object({
              step: z.string(),
              verdict: z.string(),
              rule: z.string().optional(),
              message: z.string(),
              wouldChange: z.string().optional(),
            }),
          ),
        }),
    },
    action: async ({ input, credentials }) => {
      const access = await accessFactory.forCaller(credentials, [
        PERMISSION.name,
      ]);
      const { placed, version, delivered, summary, steps } =
        await operations.explain({
          path: {},
          query: input,
          body: {},
          access,
        });
      return { output: { placed, version, delivered, summary, steps } };
    },
  });
}
