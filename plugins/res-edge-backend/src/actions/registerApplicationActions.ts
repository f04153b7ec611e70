import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ActionOptions, adding, replacing } from './ActionOptions';
import { callOperation } from './callOperation';
import { changeSpec } from './changeSpec';
import { entityOf } from './entityOf';

const FILES =
  'Manifests as texts by their paths, with a kustomization.yaml. A scalar `${{ application.KEY }}` is filled in with the value of that key, `${{ cluster.KEY }}` with that of each cluster';

/** Applications, as far as the API may write them. @internal */
export function registerApplicationActions(options: ActionOptions): void {
  const { actionsRegistry } = options;

  actionsRegistry.register({
    name: 'onboard-application',
    title: 'Onboard an application',
    description:
      'Asks for an application in a namespace, with its manifests. It becomes a change request that says which clusters win it, and that somebody merges. No change where an equal one is there, an error where another one has its name.',
    attributes: adding,
    schema: {
      input: z =>
        z.object({
          name: z.string().describe('A DNS label'),
          title: z.string().optional(),
          owner: z.string().describe('Entity reference'),
          namespace: z
            .string()
            .describe('The EdgeNamespace that decides where it runs'),
          version: z.string(),
          files: z.record(z.string()).describe(FILES),
          requires: z
            .array(z.string())
            .optional()
            .describe('Expressions in CEL that a cluster must fulfil, too'),
          requests: z
            .record(z.string())
            .optional()
            .describe(
              'What it needs on each cluster, as Kubernetes quantities; read from its manifests where left out',
            ),
          dependsOn: z
            .array(z.string())
            .optional()
            .describe('Applications that it is placed together with'),
          values: z.record(z.string()).optional(),
        }),
      output: z => z.object({ etag: z.string() }),
    },
    action: async ({ input, credentials }) => {
      const { name, title, files, ...spec } = input;
      const source = await store(options, files, credentials);
      const { etag } = await callOperation(
        options,
        'createEntity',
        credentials,
        {
          body: entityOf(
            'EdgeApplication',
            { name, title },
            { ...spec, source },
          ),
        },
      );
      return { output: { etag } };
    },
  });

  actionsRegistry.register({
    name: 'release-application',
    title: 'Release a version of an application',
    description:
      'Asks for another version of an application that the API created, with other values or manifests where given. It becomes a change request, which somebody merges.',
    attributes: replacing,
    schema: {
      input: z =>
        z.object({
          name: z.string(),
          version: z.string(),
          values: z
            .record(z.string())
            .optional()
            .describe('To set; the others stay as they are'),
          files: z
            .record(z.string())
            .optional()
            .describe(`${FILES}. Those of the version before where left out`),
        }),
      output: z => z.object({ etag: z.string() }),
    },
    action: async ({ input, credentials }) => {
      const { name, version, values, files } = input;
      const target = { kind: 'EdgeApplication' as const, name };
      const { etag } = await changeSpec(
        options,
        credentials,
        target,
        async spec => {
          const source = files && (await store(options, files, credentials));
          return {
            ...spec,
            version,
            ...(values && {
              values: { ...(spec.values as object), ...values },
            }),
            ...(source && { source }),
          };
        },
      );
      return { output: { etag } };
    },
  });

  actionsRegistry.register({
    name: 'retire-application',
    title: 'Retire an application',
    description:
      'Asks that an application that the API created goes from all clusters. It becomes a change request, and nothing is taken away before somebody merges it.',
    attributes: replacing,
    schema: {
      input: z => z.object({ name: z.string() }),
      output: z => z.object({}),
    },
    action: async ({ input, credentials }) => {
      await callOperation(options, 'deleteEntity', credentials, {
        path: { kind: 'EdgeApplication', name: input.name },
      });
      return { output: {} };
    },
  });
}

async function store(
  options: ActionOptions,
  files: Record<string, string>,
  credentials: BackstageCredentials,
): Promise<{ path: string }> {
  const { path } = await callOperation(options, 'storeSource', credentials, {
    body: { files },
  });
  return { path };
}
