import { stringifyEntityRef } from '@backstage/catalog-model';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { Values } from '@res-edge/backstage-plugin-res-edge-common';
import {
  applicationSkeleton,
  IMAGE_VALUE,
} from '../skeleton/applicationSkeleton';
import { checkImage } from '../skeleton/checkImage';
import { updateApplicationYaml } from '../skeleton/updateApplicationYaml';
import { Workspace } from '../skeleton/Workspace';
import { examples } from './applicationWrite.examples';

/** Where an application is written, and read, unless an input says otherwise. @internal */
export const DEFAULT_FILE = 'edge-application.yaml';
const DEFAULT_PORT = 8080;
const DEFAULT_REQUESTS = { cpu: '100m', memory: '64Mi' };

/**
 * Creates the action `res-edge:application:write`, which writes an EdgeApplication into the workspace, and its first
 * manifests where it has none.
 *
 * @internal
 */
export function createApplicationWriteAction() {
  return createTemplateAction({
    id: 'res-edge:application:write',
    description:
      'Writes an EdgeApplication into a YAML file of the workspace, or updates it there; where its source folder has no manifests yet, adds a Deployment and a Service as a kustomize base.',
    examples,
    // All that it changes is the workspace, which a dry run shows.
    supportsDryRun: true,
    schema: {
      input: {
        filePath: z =>
          z
            .string()
            .optional()
            .describe(
              `The YAML file, relative to the workspace; ${DEFAULT_FILE} where left out. Other entities in it stay as they are`,
            ),
        name: z => z.string().describe('Name of the application'),
        title: z => z.string().optional().describe('Title for people'),
        description: z => z.string().optional().describe('What it is for'),
        labels: z =>
          z
            .record(z.string())
            .optional()
            .describe('Labels, which policies and components can select'),
        owner: z =>
          z
            .string()
            .optional()
            .describe('Entity reference of its owner; a new one needs it'),
        namespace: z =>
          z
            .string()
            .optional()
            .describe(
              'The EdgeNamespace that decides where it runs; without one it runs nowhere',
            ),
        component: z =>
          z
            .string()
            .optional()
            .describe('Entity reference of the catalog Component it deploys'),
        version: z =>
          z
            .string()
            .optional()
            .describe(
              'The version that should end up everywhere; a new one needs it',
            ),
        source: z =>
          z
            .string()
            .optional()
            .describe(
              'Folder of its manifests, relative to the YAML file; ./apps/<name> where left out',
            ),
        priority: z =>
          z
            .number()
            .int()
            .optional()
            .describe('The higher keeps its place where not all fits'),
        requests: z =>
          z
            .object({
              cpu: z.string().optional(),
              memory: z.string().optional(),
              storage: z.string().optional(),
            })
            .optional()
            .describe(
              'What it needs on each cluster, as Kubernetes quantities',
            ),
        requires: z =>
          z
            .array(z.string())
            .optional()
            .describe('Hard needs of a cluster, as expressions in CEL'),
        dependsOn: z =>
          z
            .array(z.string())
            .optional()
            .describe('Applications that it is placed together with'),
        values: z =>
          z
            .record(z.string())
            .optional()
            .describe('Values for the placeholders of its manifests'),
        image: z =>
          z
            .string()
            .optional()
            .describe(
              `Container image with a tag or digest; needed where manifests are to be written, which take it from the value ${IMAGE_VALUE}`,
            ),
        port: z =>
          z
            .number()
            .int()
            .min(1)
            .max(65535)
            .optional()
            .describe(
              `Port that the container listens on; ${DEFAULT_PORT} where left out`,
            ),
        healthPath: z =>
          z
            .string()
            .regex(/^\/\S*$/, 'must be a path that starts with /')
            .optional()
            .describe(
              'HTTP path that answers when the application is well; where left out, an open port is enough',
            ),
      },
      output: {
        entityRef: z => z.string().describe('Reference of the application'),
        filePath: z => z.string().describe('The YAML file it is in'),
        files: z =>
          z.array(z.string()).describe('All files that were written, sorted'),
      },
    },
    async handler(ctx) {
      const { name, title, description, labels } = ctx.input;
      const { filePath = DEFAULT_FILE, image, source, ...rest } = ctx.input;
      const workspace = new Workspace(ctx.workspacePath);
      const template = ctx.templateInfo?.entityRef;

      const existing = (await workspace.read(filePath)) ?? '';
      const update = (values: Values | undefined) =>
        updateApplicationYaml(existing, {
          metadata: { name, title, description, labels },
          spec: {
            owner: rest.owner,
            namespace: rest.namespace,
            component: rest.component,
            source: source === undefined ? undefined : { path: source },
            version: rest.version,
            priority: rest.priority,
            requests: rest.requests,
            requires: rest.requires,
            dependsOn: rest.dependsOn,
            values,
          },
          whenNew: {
            metadata: template
              ? { annotations: { 'backstage.io/source-template': template } }
              : {},
            spec: { source: { path: `./apps/${name}` } },
          },
        });

      let { text, entity } = update(rest.values);
      const files = new Map<string, string>();
      const { path } = entity.spec.source;
      // What is elsewhere is written there.
      const folder =
        path === undefined ? undefined : workspace.beside(filePath, path);
      if (folder !== undefined && !(await workspace.hasKustomization(folder))) {
        const values = {
          ...entity.spec.values,
          [IMAGE_VALUE]: checkImage(image, folder),
        };
        ({ text, entity } = update(values));
        const { requests } = entity.spec;
        const skeleton = applicationSkeleton({
          name,
          port: ctx.input.port ?? DEFAULT_PORT,
          healthPath: ctx.input.healthPath,
          requests: {
            cpu: requests?.cpu ?? DEFAULT_REQUESTS.cpu,
            memory: requests?.memory ?? DEFAULT_REQUESTS.memory,
          },
          values: Object.keys(values),
        });
        for (const [file, content] of skeleton) {
          files.set(await workspace.unused(folder, file), content);
        }
      }
      files.set(workspace.normalize(filePath), text);
      await workspace.write(files);

      const written = [...files.keys()].sort();
      ctx.logger.info(`Wrote ${written.join(', ')}`);
      ctx.output('entityRef', stringifyEntityRef(entity));
      ctx.output('filePath', workspace.normalize(filePath));
      ctx.output('files', written);
    },
  });
}
