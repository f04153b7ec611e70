import { JsonObject } from '@backstage/types';
import {
  EDGE_KINDS,
  edgeEntityPermission,
} from '@res-edge/backstage-plugin-res-edge-common';
import { ActionOptions, reading } from './ActionOptions';

const PERMISSIONS = EDGE_KINDS.flatMap(kind =>
  (['create', 'update', 'delete'] as const).map(
    action => edgeEntityPermission(kind, action).name,
  ),
);

/** What writes would cause. @internal */
export function registerWhatIfAction({
  actionsRegistry,
  accessFactory,
  operations,
}: ActionOptions): void {
  actionsRegistry.register({
    name: 'what-if',
    title: 'Say what writes would cause',
    description:
      'Tells what creating, replacing, patching or deleting clusters, groups, namespaces, applications and policies would cause, as if all of it were merged: where applications would come, go, change, be refused or have to wait, problems, files and deliveries. Nothing is stored.',
    attributes: reading,
    schema: {
      input: z =>
        z.object({
          mutations: z
            .array(
              z.object({
                action: z.enum([
                  'create',
                  'replace',
                  'apply',
                  'patch',
                  'delete',
                ]),
                kind: z
                  .enum(EDGE_KINDS)
                  .optional()
                  .describe('May be left out where the entity says it'),
                name: z.string().optional(),
                entity: z
                  .record(z.unknown())
                  .optional()
                  .describe('The entity, for create, replace and apply'),
                patch: z
                  .record(z.unknown())
                  .optional()
                  .describe('A JSON merge patch, for patch'),
              }),
            )
            .min(1)
            .max(1000),
        }),
      output: z => {
        const count = z.number().describe('Clusters');
        return z.object({
          results: z
            .array(
              z.object({
                kind: z.string(),
                name: z.string(),
                status: z.string(),
                error: z.string().optional(),
              }),
            )
            .describe('One for each mutation'),
          effects: z
            .array(
              z.object({
                kind: z.string(),
                name: z.string(),
                won: count,
                lost: count,
                changed: count,
                refused: count,
                held: count.describe('Clusters on which it has to wait'),
              }),
            )
            .describe('By application, namespace and group'),
          problems: z.object({
            arising: z.array(z.string()),
            going: z.array(z.string()),
          }),
          changeRequests: z
            .array(z.string())
            .describe('What people would be asked to merge'),
          files: z.number().describe('Files of main that would change'),
          delivery: z.object({
            bills: z.number(),
            values: z.number(),
            revisions: z.number(),
            shards: z.number(),
          }),
        });
      },
    },
    action: async ({ input, credentials }) => {
      const access = await accessFactory.forCaller(credentials, PERMISSIONS);
      const { results, effect } = await operations.whatIf({
        path: {},
        query: {},
        // What the document says of them is what the schema says.
        body: input as { mutations: (JsonObject & { action: 'create' })[] },
        access,
      });
      return {
        output: {
          results: results.map(({ kind, name, status, error }) => ({
            kind,
            name,
            status,
            ...(error && { error: error.message }),
          })),
          effects: effect.effects.map(({ kind, name, ...sets }) => ({
            kind,
            name,
            won: sets.won.count,
            lost: sets.lost.count,
            changed: sets.changed.count,
            refused: sets.refused.count,
            held: sets.held?.count ?? 0,
          })),
          problems: {
            arising: effect.problems.arising.items.map(described),
            going: effect.problems.going.items.map(described),
          },
          changeRequests: effect.changeRequests
            .filter(({ direct }) => !direct)
            .map(({ title }) => title),
          files: effect.files.length,
          delivery: effect.delivery,
        },
      };
    },
  });
}

function described({ entity, field, message }: Record<string, string>) {
  return [entity, field, message].filter(Boolean).join(' ');
}
