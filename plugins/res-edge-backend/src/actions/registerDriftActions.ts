import { ActionOptions, reading, replacing } from './ActionOptions';
import { callOperation } from './callOperation';

const VERDICTS = [
  {
    name: 'adopt-drift',
    title: 'Adopt what was changed by hand',
    operation: 'adoptDrift',
    description:
      'Takes over what somebody changed by hand on main of one entity, which holds it until then. Read it with list-drift first: the digest is that of the change that was read.',
  },
  {
    name: 'discard-drift',
    title: 'Discard what was changed by hand',
    operation: 'discardDrift',
    description:
      'Takes back what somebody changed by hand on main of one entity. Read it with list-drift first: the digest is that of the change that was read.',
  },
] as const;

/** What people changed by hand on main. @internal */
export function registerDriftActions(options: ActionOptions): void {
  const { actionsRegistry } = options;

  actionsRegistry.register({
    name: 'list-drift',
    title: 'List what was changed by hand',
    description:
      'Lists what people changed by hand on main of the GitOps repository and nobody has settled yet.',
    attributes: reading,
    schema: {
      input: z => z.object({}),
      output: z =>
        z.object({
          items: z.array(
            z.object({
              kind: z.string(),
              name: z.string(),
              digest: z.string(),
              paths: z.array(z.string()),
              readable: z.boolean(),
            }),
          ),
        }),
    },
    action: async ({ credentials }) => {
      const { items } = await callOperation(
        options,
        'listDrift',
        credentials,
        {},
      );
      return {
        output: {
          items: items.map(({ kind, name, digest, paths, readable }) => ({
            kind,
            name,
            digest,
            paths,
            readable,
          })),
        },
      };
    },
  });

  for (const { name, title, operation, description } of VERDICTS) {
    actionsRegistry.register({
      name,
      title,
      description,
      attributes: replacing,
      schema: {
        input: z =>
          z.object({
            kind: z.enum([
              'EdgeApplication',
              'EdgeNamespace',
              'EdgeGroup',
              'EdgePolicy',
            ]),
            name: z.string(),
            digest: z.string().max(100),
            reason: z
              .string()
              .max(1000)
              .optional()
              .describe('Goes into the message of the commit'),
          }),
        output: z =>
          z.object({ left: z.number().describe('How many are left') }),
      },
      action: async ({ input, credentials }) => {
        const { kind, name: entity, ...body } = input;
        const { items } = await callOperation(options, operation, credentials, {
          path: { kind, name: entity },
          body,
        });
        return { output: { left: items.length } };
      },
    });
  }
}
