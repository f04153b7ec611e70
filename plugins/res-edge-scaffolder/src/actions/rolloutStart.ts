import { setTimeout } from 'node:timers/promises';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  entityRefOf,
  Rollout,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  Caller,
  ClientOptions,
  createClient,
  ResEdgeCaller,
} from '../client/createClient';
import { findChangeRequest } from '../client/findChangeRequest';
import { throwIfFailed, WriteResult } from '../client/writeEntity';
import { examples } from './rolloutStart.examples';

const POLL_INTERVAL_MILLISECONDS = 3000;
const DEFAULT_TIMEOUT_SECONDS = 120;
const MAX_TIMEOUT_SECONDS = 1800;

/** What was written; the newest rollout, and what the open change request said, before. */
type Released = WriteResult & { before?: string; asked?: string };

/**
 * Creates the action `res-edge:rollout:start`, which releases a version of an application that goes through rings, and gives the
 * rollout that begins with it.
 *
 * @internal
 */
export function createRolloutStartAction(
  options: ClientOptions & {
    /** How long to pause between two looks; 3000 where left out. */
    pollIntervalMilliseconds?: number;
  },
) {
  const { pollIntervalMilliseconds = POLL_INTERVAL_MILLISECONDS } = options;
  const client = createClient(options);

  return createTemplateAction({
    id: 'res-edge:rollout:start',
    description:
      'Releases a version of an application that goes through rings, and gives the rollout that begins with it; where a change request has to be merged first, gives that one.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        application: z => z.string().min(1).describe('Name of the application'),
        version: z =>
          z
            .string()
            .min(1)
            .describe('The version that should end up everywhere'),
        timeoutSeconds: z =>
          z
            .number()
            .int()
            .min(0)
            .max(MAX_TIMEOUT_SECONDS)
            .optional()
            .describe(
              `How long to wait until the rollout has begun, or a change request waits; ${DEFAULT_TIMEOUT_SECONDS} where left out`,
            ),
      },
      output: {
        entityRef: z => z.string().describe('Reference of the application'),
        status: z =>
          z
            .enum(['created', 'updated', 'deleted', 'unchanged'])
            .describe('What became of the application'),
        rolloutId: z =>
          z
            .string()
            .optional()
            .describe('Id of the rollout; left out where it has not begun'),
        changeRequestId: z =>
          z
            .string()
            .optional()
            .describe('Id of the change request that has to be merged first'),
      },
    },
    async handler(ctx) {
      const { application, version } = ctx.input;
      const { timeoutSeconds = DEFAULT_TIMEOUT_SECONDS } = ctx.input;
      const ref = entityRefOf('EdgeApplication', application);
      const { status, before, asked } = await ctx.checkpoint({
        key: 'rollout.release',
        fn: () => release(client, ctx, application, version),
      });
      ctx.logger.info(`Version ${version} of ${application}: ${status}`);
      ctx.output('entityRef', ref);
      ctx.output('status', status);
      // In a dry run nothing was written that could begin.
      if (ctx.isDryRun) return;

      const isMeant = (rollout: Rollout) =>
        rollout.version === version &&
        (status === 'unchanged' || rollout.id !== before);
      const end = Date.now() + timeoutSeconds * 1000;
      for (;;) {
        const rollout = await newestRollout(client, ctx, application);
        if (rollout && isMeant(rollout)) {
          ctx.logger.info(`Rollout ${rollout.id} is ${rollout.phase}`);
          ctx.output('rolloutId', rollout.id);
          return;
        }
        const request = await findChangeRequest(
          client.api,
          ref,
          ['open'],
          await client.optionsFor(ctx),
        );
        // One from before is about another version.
        if (request && (status === 'unchanged' || request.digest !== asked)) {
          ctx.logger.info(
            `It begins once change request ${request.id} is merged: ${request.title}`,
          );
          ctx.output('changeRequestId', request.id);
          return;
        }
        if (Date.now() >= end) break;
        await setTimeout(pollIntervalMilliseconds, undefined, {
          signal: ctx.signal,
        });
      }
      ctx.logger.warn(
        `The rollout of ${application} ${version} has not begun within ${timeoutSeconds} seconds`,
      );
    },
  });
}

async function release(
  { api, optionsFor }: ResEdgeCaller,
  caller: Caller & { isDryRun?: boolean },
  name: string,
  version: string,
): Promise<Released> {
  const kind = 'EdgeApplication';
  const { entity, etag } = await api.getEntity(
    { kind, name },
    await optionsFor(caller),
  );
  const spec = entity.spec as { rollout?: string };
  if (spec.rollout === undefined)
    throw new InputError(
      `application: ${name} goes through no rings; name a policy in its spec.rollout, or use res-edge:application:release`,
    );
  const newest = await newestRollout({ api, optionsFor }, caller, name);
  const request = await findChangeRequest(
    api,
    entityRefOf(kind, name),
    ['open'],
    await optionsFor(caller),
  );
  const { results } = await api.writeEntities(
    {
      mutations: [
        {
          ...{ action: 'patch', kind, name, ifMatch: etag },
          patch: { spec: { version } },
        },
      ],
      dryRun: caller.isDryRun ?? false,
    },
    await optionsFor(caller),
  );
  throwIfFailed(results[0]);
  const status = results[0].status as WriteResult['status'];
  return {
    ...{ status, ...(newest && { before: newest.id }) },
    ...(request && { asked: request.digest }),
  };
}

async function newestRollout(
  { api, optionsFor }: ResEdgeCaller,
  caller: Caller,
  name: string,
): Promise<Rollout | undefined> {
  const { items } = await api.listRollouts(await optionsFor(caller));
  return items.find(({ application }) => application === name);
}
