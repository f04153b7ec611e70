import { InputError } from '@backstage/errors';
import { ActionOptions, reading, replacing } from './ActionOptions';
import { callOperation } from './callOperation';

const COMMANDS = [
  'pause',
  'resume',
  'promote',
  'skip',
  'abort',
  'roll-back',
] as const;

/** Releases on their way through rings. @internal */
export function registerRolloutActions(options: ActionOptions): void {
  const { actionsRegistry } = options;

  actionsRegistry.register({
    name: 'list-rollouts',
    title: 'List rollouts',
    description:
      'Lists the newest rollout of each application: how far it has come, ring by ring.',
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
        'listRollouts',
        credentials,
        {},
      );
      return { output: { items: items.map(item => ({ ...item })) } };
    },
  });

  actionsRegistry.register({
    name: 'get-rollout',
    title: 'Read a rollout',
    description:
      'Gives a rollout with its rings, all that happened with its causes, and what the caller can ask of it now.',
    attributes: reading,
    schema: {
      input: z =>
        z.object({
          id: z.string().max(253).describe('As list-rollouts gives it'),
        }),
      output: z => z.object({ id: z.string() }).passthrough(),
    },
    action: async ({ input, credentials }) => ({
      output: {
        ...(await callOperation(options, 'getRollout', credentials, {
          path: input,
        })),
      },
    }),
  });

  actionsRegistry.register({
    name: 'command-rollout',
    title: 'Command a rollout',
    description:
      'Pauses, resumes, promotes, skips, aborts or rolls back a rollout, which changes what clusters run: a decision of a person, ask before. Read it with get-rollout first: it says what can be asked.',
    attributes: replacing,
    schema: {
      input: z =>
        z.object({
          id: z.string().max(253).describe('As list-rollouts gives it'),
          command: z.enum(COMMANDS),
          ring: z
            .string()
            .max(63)
            .optional()
            .describe('Which one; to promote and to skip it has to be given'),
          reason: z.string().min(1).max(1000),
        }),
      output: z => z.object({ id: z.string() }).passthrough(),
    },
    action: async ({ input, credentials }) => {
      const { id, command, ring, reason } = input;
      // Without it the same again would mean the next ring.
      if (['promote', 'skip'].includes(command) && ring === undefined)
        throw new InputError(`ring: to ${command}, say which one`);
      const rollout = await callOperation(
        options,
        'commandRollout',
        credentials,
        { path: { id, command }, body: { ring, reason } },
      );
      return { output: { ...rollout } };
    },
  });
}
