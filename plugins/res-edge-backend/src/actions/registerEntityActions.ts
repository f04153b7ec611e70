import { ActionOptions, adding, replacing } from './ActionOptions';
import { callOperation } from './callOperation';
import { changeSpec } from './changeSpec';
import { entityOf } from './entityOf';

/** Clusters and namespaces, as far as the API may write them. @internal */
export function registerEntityActions(options: ActionOptions): void {
  const { actionsRegistry } = options;

  actionsRegistry.register({
    name: 'register-cluster',
    title: 'Register a cluster',
    description:
      'Makes a Kubernetes cluster known to the fleet; what runs there follows from its groups, labels and attributes. No change where an equal one is known, an error where another one has its name.',
    attributes: adding,
    schema: {
      input: z =>
        z.object({
          name: z.string().describe('A DNS label'),
          title: z.string().optional(),
          labels: z.record(z.string()).optional(),
          owner: z.string().optional().describe('Entity reference'),
          environment: z.string().optional(),
          groups: z
            .array(z.string())
            .optional()
            .describe('The lowest groups of each hierarchy that it is in'),
          attributes: z
            .record(
              z.union([
                z.string(),
                z.number(),
                z.boolean(),
                z.array(z.string()),
              ]),
            )
            .optional(),
          capacity: z
            .record(z.string())
            .optional()
            .describe('Kubernetes quantities of cpu, memory, storage, pods'),
          timeZone: z.string().optional().describe('IANA'),
          state: z
            .enum(['provisioning', 'active', 'draining', 'retired'])
            .optional(),
        }),
      output: z => z.object({ etag: z.string() }),
    },
    action: async ({ input, credentials }) => {
      const { name, title, labels, ...spec } = input;
      const { etag } = await callOperation(
        options,
        'createEntity',
        credentials,
        { body: entityOf('EdgeCluster', { name, title, labels }, spec) },
      );
      return { output: { etag } };
    },
  });

  actionsRegistry.register({
    name: 'create-namespace',
    title: 'Create a namespace',
    description:
      'Asks for a namespace, the unit of tenancy and targeting: which clusters, and how much of each. It becomes a change request, which somebody merges. No change where an equal one is there, an error where another one has its name.',
    attributes: adding,
    schema: {
      input: z =>
        z.object({
          name: z.string().describe('A DNS label'),
          title: z.string().optional(),
          owner: z.string().describe('Entity reference'),
          businessUnit: z.string().optional(),
          environment: z.string().optional(),
          selector: z
            .union([z.string(), z.record(z.unknown())])
            .optional()
            .describe(
              'Which clusters: an expression in CEL, or a mapping; see preview-selector. None where left out',
            ),
          quota: z
            .record(z.string())
            .optional()
            .describe('Kubernetes quantities on each cluster'),
          isolation: z.enum(['restricted', 'baseline', 'open']).optional(),
        }),
      output: z => z.object({ etag: z.string() }),
    },
    action: async ({ input, credentials }) => {
      const { name, title, quota, ...spec } = input;
      const { etag } = await callOperation(
        options,
        'createEntity',
        credentials,
        {
          body: entityOf(
            'EdgeNamespace',
            { name, title },
            { ...spec, resources: quota && { quota } },
          ),
        },
      );
      return { output: { etag } };
    },
  });

  actionsRegistry.register({
    name: 'change-target',
    title: 'Change the target of a namespace',
    description:
      'Asks for another selector of a namespace that the API created. It becomes a change request, which somebody merges; what clusters lose is taken away then.',
    attributes: replacing,
    schema: {
      input: z =>
        z.object({
          namespace: z.string(),
          selector: z
            .union([z.string(), z.record(z.unknown())])
            .describe('Which clusters from now on'),
        }),
      output: z => z.object({ etag: z.string() }),
    },
    action: async ({ input, credentials }) => {
      const target = { kind: 'EdgeNamespace' as const, name: input.namespace };
      const { etag } = await changeSpec(options, credentials, target, spec => ({
        ...spec,
        selector: input.selector,
      }));
      return { output: { etag } };
    },
  });
}
