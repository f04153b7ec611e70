import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  EdgeApplicationEntity,
  EntityInput,
  entityRefOf,
} from '@res-edge/backstage-plugin-res-edge-common';
import { ClientOptions, createClient } from '../client/createClient';
import { storeFiles } from '../client/storeFiles';
import { writeEntity } from '../client/writeEntity';
import { readApplication } from '../entities/readApplication';
import { Workspace } from '../skeleton/Workspace';
import { examples } from './applicationOnboard.examples';
import { DEFAULT_FILE } from './applicationWrite';
import { writtenFields } from './fields';

/**
 * Creates the action `res-edge:application:onboard`, which brings an application of the workspace into the data service.
 *
 * @internal
 */
export function createApplicationOnboardAction(options: ClientOptions) {
  const client = createClient(options);

  return createTemplateAction({
    id: 'res-edge:application:onboard',
    description:
      'Brings an EdgeApplication of the workspace into the data service, with its manifests and patches, which asks for a change request. No change where an equal one is there, an error where another one has its name.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        filePath: z =>
          z
            .string()
            .optional()
            .describe(`The YAML file; ${DEFAULT_FILE} where left out`),
        name: z =>
          z
            .string()
            .optional()
            .describe('Which application, where the file holds several'),
      },
      output: writtenFields,
    },
    async handler(ctx) {
      const { filePath = DEFAULT_FILE } = ctx.input;
      const workspace = new Workspace(ctx.workspacePath);
      const entity = await readApplication(workspace, filePath, ctx.input.name);
      const { name } = entity.metadata;
      const { status } = await writeEntity(client, ctx, async () => {
        const paths = pathsOf(entity).map(path =>
          workspace.beside(filePath, path),
        );
        const stored = await storeFiles(client, ctx, workspace, paths);
        return {
          action: 'create',
          entity: withPaths(entity, path =>
            stored(workspace.beside(filePath, path)),
          ) as unknown as EntityInput,
        };
      });
      ctx.logger.info(`Application ${name}: ${status}`);
      ctx.output('entityRef', entityRefOf('EdgeApplication', name));
      ctx.output('status', status);
    },
  });
}

/** The files and folders that an application names. */
function pathsOf({ spec }: EdgeApplicationEntity): string[] {
  return [
    ...(spec.source.path === undefined ? [] : [spec.source.path]),
    ...(spec.overrides ?? []).flatMap(({ patches = [] }) => patches),
  ];
}

function withPaths(
  entity: EdgeApplicationEntity,
  change: (path: string) => string,
): EdgeApplicationEntity {
  const { source, overrides } = entity.spec;
  return {
    ...entity,
    spec: {
      ...entity.spec,
      source:
        source.path === undefined ? source : { path: change(source.path) },
      ...(overrides && {
        overrides: overrides.map(override => ({
          ...override,
          ...(override.patches && { patches: override.patches.map(change) }),
        })),
      }),
    },
  };
}
