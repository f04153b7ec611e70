import { ActionOptions, reading, replacing } from './ActionOptions';
import { callOperation } from './callOperation';

/** Losses that wait for a person. @internal */
export function registerGuardActions(options: ActionOptions): void {
  const { actionsRegistry } = options;

  actionsRegistry.register({
    name: 'list-guards',
    title: 'List losses that wait for a sign-off',
    description:
      'Lists what clusters would lose and what therefore waits until a person signs it off.',
    attributes: reading,
    schema: {
      input: z => z.object({}),
      output: z =>
        z.object({
          items: z.array(z.object({ id: z.string() }).passthrough()),
        }),
    },
    action: async ({ credentials }) => {
      const { items } = await callOperation(
        options,
        'listGuards',
        credentials,
        {},
      );
      return { output: { items: items.map(item => ({ ...item })) } };
    },
  });

  actionsRegistry.register({
    name: 'sign-off-guard',
    title: 'Sign off losses',
    description:
      'Lets be taken away what waits, which is a decision of a person: ask before. The id is that of what was read with list-guards.',
    attributes: replacing,
    schema: {
      input: z =>
        z.object({
          id: z.string().max(253),
          reason: z.string().min(1).max(1000),
        }),
      output: z => z.object({ left: z.number().describe('How many are left') }),
    },
    action: async ({ input, credentials }) => {
      const { id, reason } = input;
      const { items } = await callOperation(
        options,
        'signOffGuard',
        credentials,
        { path: { id }, body: { reason } },
      );
      return { output: { left: items.length } };
    },
  });
}
