import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  EdgeApplicationEntity,
  entityRefOf,
} from '@res-edge/backstage-plugin-res-edge-common';
import { ClientOptions, createClient } from '../client/createClient';
import { storeFiles } from '../client/storeFiles';
import { changeEntity } from '../entities/changeEntity';
import { checkImage } from '../skeleton/checkImage';
import { Workspace } from '../skeleton/Workspace';
import { examples } from './applicationRelease.examples';
import { values, writtenFields } from './fields';

/**
 * Creates the action `res-edge:application:release`, which gives an application of the data service another version.
 *
 * @internal
 */
export function createApplicationReleaseAction(options: ClientOptions) {
  const client = createClient(options);

  return createTemplateAction({
    id: 'res-edge:application:release',
    description:
      'Gives an application of the data service another version, which asks for a change request; with it values, a container image, or other manifests.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        name: z => z.string().describe('Name of the application'),
        version: z =>
          z.string().describe('The version that should end up everywhere'),
        image: z =>
          z
            .string()
            .optional()
            .describe(
              'Container image with a tag or digest, where its manifests take the image from the value image',
            ),
        values: z =>
          values(z).describe('Values to set; the others stay as they are'),
        sourcePath: z =>
          z
            .string()
            .optional()
            .describe(
              'Folder of the workspace with the manifests of this version; those of the version before where left out',
            ),
      },
      output: writtenFields,
    },
    async handler(ctx) {
      const { name, version, sourcePath } = ctx.input;
      const workspace = new Workspace(ctx.workspacePath);
      const stored =
        sourcePath === undefined
          ? undefined
          : await storeFiles(client, ctx, workspace, [sourcePath]);
      const { status } = await changeEntity(
        client,
        ctx,
        'EdgeApplication',
        name,
        entity => ({
          ...entity,
          spec: {
            ...entity.spec,
            version,
            ...valuesOf(entity, ctx.input),
            ...(stored && { source: { path: stored(sourcePath!) } }),
          },
        }),
      );
      ctx.logger.info(`Version ${version} of application ${name}: ${status}`);
      ctx.output('entityRef', entityRefOf('EdgeApplication', name));
      ctx.output('status', status);
    },
  });
}

function valuesOf(
  { metadata, spec }: EdgeApplicationEntity,
  { image, values: given }: { image?: string; values?: Record<string, string> },
): Pick<EdgeApplicationEntity['spec'], 'values'> {
  if (image === undefined && given === undefined) {
    return {};
  }
  if (image !== undefined && spec.values?.image === undefined) {
    throw new InputError(
      `image: application ${metadata.name} has no value image; give sourcePath with the manifests of the new version`,
    );
  }
  return {
    values: {
      ...spec.values,
      ...given,
      ...(image !== undefined && { image: checkImage(image, metadata.name) }),
    },
  };
}
