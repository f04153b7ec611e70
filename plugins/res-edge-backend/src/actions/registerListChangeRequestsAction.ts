import { resEdgeChangeRequestReadPermission } from '@res-edge/backstage-plugin-res-edge-common';
import { ActionOptions, reading } from './ActionOptions';

/** What is proposed to main. @internal */
export function registerListChangeRequestsAction({
  actionsRegistry,
  accessFactory,
  operations,
}: ActionOptions): void {
  actionsRegistry.register({
    name: 'list-change-requests',
    title: 'List change requests',
    description:
      'Lists what is proposed to the GitOps repository: open change requests first, then the newest.',
    attributes: reading,
    visibilityPermission: resEdgeChangeRequestReadPermission,
    schema: {
      input: z =>
        z.object({
          state: z.enum(['open', 'merged', 'superseded']).optional(),
          limit: z.number().int().min(1).max(1000).optional(),
        }),
      output: z =>
        z.object({
          total: z.number(),
          items: z.array(
            z.object({
              id: z.string(),
              intent: z.string(),
              title: z.string(),
              state: z.string(),
              mergeable: z.boolean(),
              blocked: z.string().optional(),
              totals: z.object({
                won: z.number(),
                lost: z.number(),
                changed: z.number(),
                refused: z.number(),
                bills: z.number(),
              }),
            }),
          ),
        }),
    },
    action: async ({ input, credentials }) => {
      const access = await accessFactory.forCaller(credentials, [
        resEdgeChangeRequestReadPermission.name,
      ]);
      const { total, items } = await operations.listChangeRequests({
        path: {},
        query: input,
        body: {},
        access,
      });
      return {
        output: {
          total,
          items: items.map(
            ({ id, intent, title, state, mergeable, blocked, totals }) => ({
              id,
              intent,
              title,
              state,
              mergeable,
              blocked,
              totals,
            }),
          ),
        },
      };
    },
  });
}
