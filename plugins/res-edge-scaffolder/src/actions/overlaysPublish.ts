import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  ApplicationOverride,
  entityRefOf,
} from '@res-edge/backstage-plugin-res-edge-common';
import { ClientOptions, createClient } from '../client/createClient';
import { storeFiles } from '../client/storeFiles';
import { changeEntity } from '../entities/changeEntity';
import { Workspace } from '../skeleton/Workspace';
import { selector, writtenFields } from './fields';
import { examples } from './overlaysPublish.examples';

/**
 * Creates the action `res-edge:overlays:publish`, which publishes overlays of an application: what it is on some
 * clusters.
 *
 * @internal
 */
export function createOverlaysPublishAction(options: ClientOptions) {
  const client = createClient(options);

  return createTemplateAction({
    id: 'res-edge:overlays:publish',
    description:
      'Publishes overlays of an application of the data service: patches of the workspace and values for some of its clusters. They become its overrides, and reach the GitOps repository by a change request.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        application: z => z.string().describe('Name of the application'),
        overrides: z =>
          z
            .array(
              z.object({
                name: z.string(),
                selector: selector(z),
                values: z.record(z.string()).optional(),
                patches: z.array(z.string()).optional(),
              }),
            )
            .min(1)
            .describe(
              'Each with a name, the clusters, values, and patches as files of the workspace. One of the same name is replaced, the others stay; the last that matches wins',
            ),
      },
      output: writtenFields,
    },
    async handler(ctx) {
      const { application } = ctx.input;
      const published = ctx.input.overrides as ApplicationOverride[];
      const workspace = new Workspace(ctx.workspacePath);
      const patches = published.flatMap(override => override.patches ?? []);
      const stored =
        patches.length > 0
          ? await storeFiles(client, ctx, workspace, patches)
          : (path: string) => path;
      const overlays = published.map(override => ({
        ...override,
        ...(override.patches && { patches: override.patches.map(stored) }),
      }));
      const { status } = await changeEntity(
        client,
        ctx,
        'EdgeApplication',
        application,
        entity => ({
          ...entity,
          spec: {
            ...entity.spec,
            overrides: merge(entity.spec.overrides ?? [], overlays),
          },
        }),
      );
      ctx.logger.info(`Overlays of application ${application}: ${status}`);
      ctx.output('entityRef', entityRefOf('EdgeApplication', application));
      ctx.output('status', status);
    },
  });
}

/** In their places where they are there, the new ones behind them. */
function merge(
  before: readonly ApplicationOverride[],
  published: readonly ApplicationOverride[],
): ApplicationOverride[] {
  const merged = new Map(
    [...before, ...published].map(override => [override.name, override]),
  );
  return [...merged.values()];
}
