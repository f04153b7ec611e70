import { PermissionsService } from '@backstage/backend-plugin-api';
import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import {
  resEdgeChangeRequestReadPermission,
  resEdgeInventoryReadPermission,
} from '@res-edge/backstage-plugin-res-edge-common';
import { actorOf, authorize, Operations } from '../service';

/** What the actions ask. @internal */
export interface ActionOptions {
  readonly actionsRegistry: ActionsRegistryService;
  readonly permissions: PermissionsService;
  readonly operations: Operations;
}

const attributes = { readOnly: true, destructive: false, idempotent: true };

/**
 * Operations that only read, as registered actions: tools for assistants over MCP, and steps of templates.
 *
 * @internal
 */
export function registerActions(options: ActionOptions): void {
  registerExplain(options);
  registerPreviewSelector(options);
  registerListChangeRequests(options);
}

function registerExplain({
  actionsRegistry,
  permissions,
  operations,
}: ActionOptions): void {
  actionsRegistry.register({
    name: 'explain-placement',
    title: 'Explain a placement',
    description:
      'Tells whether an application is placed on a cluster, each step of the decision with its rule, and what would have to change for the opposite.',
    attributes,
    visibilityPermission: resEdgeInventoryReadPermission,
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
      await authorize(
        permissions,
        credentials,
        resEdgeInventoryReadPermission.name,
      );
      const { placed, version, delivered, summary, steps } =
        await operations.explain({
          path: {},
          query: input,
          body: {},
          actor: actorOf(credentials),
        });
      return { output: { placed, version, delivered, summary, steps } };
    },
  });
}

function registerPreviewSelector({
  actionsRegistry,
  permissions,
  operations,
}: ActionOptions): void {
  actionsRegistry.register({
    name: 'preview-selector',
    title: 'Preview a selector',
    description:
      'Tells how many and which clusters a selector matches now. A selector is a CEL expression over `cluster`, such as `cluster.inGroup("geo.us") && cluster.labels.size == "large"`.',
    attributes,
    visibilityPermission: resEdgeInventoryReadPermission,
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
      await authorize(
        permissions,
        credentials,
        resEdgeInventoryReadPermission.name,
      );
      const { count, total, sample, byGroup } =
        await operations.previewSelector({
          path: {},
          query: {},
          body: input,
          actor: actorOf(credentials),
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

function registerListChangeRequests({
  actionsRegistry,
  permissions,
  operations,
}: ActionOptions): void {
  actionsRegistry.register({
    name: 'list-change-requests',
    title: 'List change requests',
    description:
      'Lists what is proposed to the GitOps repository: open change requests first, then the newest.',
    attributes,
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
      await authorize(
        permissions,
        credentials,
        resEdgeChangeRequestReadPermission.name,
      );
      const { total, items } = await operations.listChangeRequests({
        path: {},
        query: input,
        body: {},
        actor: actorOf(credentials),
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
