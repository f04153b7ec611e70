import { setTimeout } from 'node:timers/promises';
import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { DEFAULT_NAMESPACE, parseEntityRef } from '@backstage/catalog-model';
import { InputError, ServiceUnavailableError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  ChangeRequest,
  EDGE_KINDS,
  EdgeKind,
  entityRefOf,
  ResEdgeApiError,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Caller, createClient } from '../client/createClient';
import { describeMissing } from '../client/describeMissing';
import { findChangeRequest } from '../client/findChangeRequest';
import { examples } from './changeRequestWait.examples';

const POLL_INTERVAL_MILLISECONDS = 3000;
const DEFAULT_TIMEOUT_SECONDS = 120;
const MAX_TIMEOUT_SECONDS = 1800;

/**
 * Creates the action `res-edge:change-request:wait`, which waits until something that was asked for, such as an
 * application, has been planned, and there is a change request for it.
 *
 * @internal
 */
export function createChangeRequestWaitAction(options: {
  auth: AuthService;
  discovery: DiscoveryService;
  /** How long to pause between two looks; 3000 where left out. */
  pollIntervalMilliseconds?: number;
}) {
  const { pollIntervalMilliseconds = POLL_INTERVAL_MILLISECONDS } = options;
  const client = createClient(options);

  /** Looks once. A backend that is just not there is no reason to give up. */
  async function look(
    caller: Caller,
    intent: string,
    states: readonly ('open' | 'merged')[],
  ): Promise<{ found?: ChangeRequest; failure?: unknown }> {
    const requestOptions = await client.optionsFor(caller);
    try {
      return {
        found: await findChangeRequest(
          client.api,
          intent,
          states,
          requestOptions,
        ),
      };
    } catch (error) {
      caller.signal?.throwIfAborted();
      if (error instanceof ResEdgeApiError && error.statusCode < 500) {
        throw error;
      }
      return { failure: error };
    }
  }

  return createTemplateAction({
    id: 'res-edge:change-request:wait',
    description:
      'Waits until there is a change request for an application or another entity, and gives its effect on the fleet. Changes nothing.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        application: z =>
          z
            .string()
            .min(1)
            .optional()
            .describe('Name or entity reference of the EdgeApplication'),
        entityRef: z =>
          z
            .string()
            .min(1)
            .optional()
            .describe(
              'Reference of another entity that is asked for, instead of application',
            ),
        state: z =>
          z
            .enum(['open', 'merged'])
            .optional()
            .describe(
              'Only a change request in this state; where left out, an open one, else the newest merged one',
            ),
        timeoutSeconds: z =>
          z
            .number()
            .int()
            .min(1)
            .max(MAX_TIMEOUT_SECONDS)
            .optional()
            .describe(
              `How long to wait; ${DEFAULT_TIMEOUT_SECONDS} where left out`,
            ),
      },
      output: {
        id: z => z.string().describe('Id of the change request'),
        title: z => z.string().describe('Title of the change request'),
        state: z => z.enum(['open', 'merged']).describe('Its state'),
        totals: z =>
          z
            .object({
              won: z.number(),
              lost: z.number(),
              changed: z.number(),
              refused: z.number(),
              bills: z.number(),
            })
            .describe(
              'Placements won, lost, changed and refused, and bills of clusters that change',
            ),
      },
    },
    async handler(ctx) {
      const { timeoutSeconds = DEFAULT_TIMEOUT_SECONDS, state } = ctx.input;
      const intent = intentOf(ctx.input);
      const states = state ? [state] : (['open', 'merged'] as const);
      const end = Date.now() + timeoutSeconds * 1000;
      let { found, failure } = await look(ctx, intent.ref, states);
      // In a dry run nothing was registered that could be waited for.
      while (!found && !ctx.isDryRun && Date.now() < end) {
        await setTimeout(pollIntervalMilliseconds, undefined, {
          signal: ctx.signal,
        });
        ({ found, failure } = await look(ctx, intent.ref, states));
      }
      if (found) {
        ctx.logger.info(`Found change request ${found.id}: ${found.title}`);
        ctx.output('id', found.id);
        ctx.output('title', found.title);
        ctx.output('state', found.state === 'merged' ? 'merged' : 'open');
        ctx.output('totals', found.totals);
        return;
      }
      if (ctx.isDryRun) {
        ctx.logger.info(
          `There is no change request for ${intent.ref}; it would be waited for`,
        );
        return;
      }
      if (failure) {
        throw new ServiceUnavailableError(
          `The Res-Edge backend did not answer within ${timeoutSeconds} seconds`,
          failure,
        );
      }
      const reason = await describeMissing(
        client.api,
        intent,
        await client.optionsFor(ctx),
      );
      throw new ServiceUnavailableError(
        `There is no change request for ${intent.ref} after ${timeoutSeconds} seconds. ${reason}.`,
      );
    },
  });
}

/** What a change request is for. */
function intentOf({
  application,
  entityRef,
}: {
  application?: string;
  entityRef?: string;
}): { kind: EdgeKind; name: string; ref: string } {
  const given = application ?? entityRef;
  if (given === undefined || (application && entityRef)) {
    throw new InputError('Give either application or entityRef');
  }
  const { kind, name } = parseEntityRef(given, {
    defaultKind: application ? 'EdgeApplication' : undefined,
    defaultNamespace: DEFAULT_NAMESPACE,
  });
  const known = EDGE_KINDS.find(
    edgeKind => edgeKind.toLowerCase() === kind.toLowerCase(),
  );
  if (application && known !== 'EdgeApplication') {
    throw new InputError(
      `application is ${application}, and must be the name or reference of an EdgeApplication`,
    );
  }
  if (!known) {
    throw new InputError(
      `entityRef is ${given}, and must be of one of the kinds ${EDGE_KINDS.join(
        ', ',
      )}`,
    );
  }
  return { kind: known, name, ref: entityRefOf(known, name) };
}
