import { ChangeRequest } from '@res-edge/backstage-plugin-res-edge-common';
import { ActionOptions, adding, reading, replacing } from './ActionOptions';
import { callOperation } from './callOperation';

/** What people say to decisions before they are merged. @internal */
export function registerApprovalActions(options: ActionOptions): void {
  const { actionsRegistry } = options;

  actionsRegistry.register({
    name: 'list-approvals',
    title: 'List what waits for my approval',
    description:
      'Lists change requests, and losses that wait, by which an approval asks the caller now. The digest is that of the decision to read and to answer.',
    attributes: reading,
    schema: {
      input: z => z.object({}),
      output: z =>
        z.object({
          items: z.array(
            z.object({
              kind: z.enum(['changeRequest', 'guard']),
              id: z.string(),
              title: z.string(),
              since: z.string().optional(),
              digest: z.string().optional().describe('Of a change request'),
              policies: z.array(z.string()),
            }),
          ),
        }),
    },
    action: async ({ credentials }) => {
      const { items } = await callOperation(
        options,
        'listApprovals',
        credentials,
        {},
      );
      return { output: { items } };
    },
  });

  actionsRegistry.register({
    name: 'approve-change-request',
    title: 'Approve a change request',
    description:
      'Says yes, in the name of the caller, to a decision that an approval asks about; with merge it is merged as soon as all agreed. A decision of a person: ask before. Another decision than that of the digest is refused.',
    attributes: replacing,
    schema: {
      input: z =>
        z.object({
          id: z.string().max(253),
          digest: z.string().max(100).describe('Of the decision that was read'),
          reason: z.string().min(1).max(1000).optional(),
          from: z
            .string()
            .datetime()
            .optional()
            .describe('The yes counts from then on'),
          until: z
            .string()
            .datetime()
            .optional()
            .describe('The yes counts until then'),
          merge: z
            .boolean()
            .optional()
            .describe('Merge it as soon as all agreed; no where left out'),
        }),
      output: z => z.object({ state: z.string(), mergeable: z.boolean() }),
    },
    action: async ({ input: { id, ...body }, credentials }) =>
      stateOf(
        await callOperation(options, 'approveChangeRequest', credentials, {
          ...{ path: { id }, body },
        }),
      ),
  });

  actionsRegistry.register({
    name: 'refuse-change-request',
    title: 'Refuse a change request',
    description:
      'Says no, in the name of the caller, to a decision that an approval asks about: it waits until the caller agrees or the decision changes. Another decision than that of the digest is left alone.',
    attributes: adding,
    schema: {
      input: z =>
        z.object({
          id: z.string().max(253),
          digest: z.string().max(100).describe('Of the decision that was read'),
          reason: z.string().min(1).max(1000),
        }),
      output: z => z.object({ state: z.string(), mergeable: z.boolean() }),
    },
    action: async ({ input: { id, ...body }, credentials }) =>
      stateOf(
        await callOperation(options, 'refuseChangeRequest', credentials, {
          ...{ path: { id }, body },
        }),
      ),
  });

  actionsRegistry.register({
    name: 'break-glass',
    title: 'Merge without approval',
    description:
      'Merges a change request without the approvals that it needs, in an emergency: all who would have been asked are told, and it stands in the audit log. Never without a person who asked for exactly this.',
    attributes: replacing,
    schema: {
      input: z =>
        z.object({
          id: z.string().max(253),
          digest: z.string().max(100).describe('Of the decision that was read'),
          reason: z.string().min(1).max(1000),
        }),
      output: z => z.object({ state: z.string(), mergeable: z.boolean() }),
    },
    action: async ({ input: { id, ...body }, credentials }) =>
      stateOf(
        await callOperation(options, 'breakGlass', credentials, {
          ...{ path: { id }, body },
        }),
      ),
  });
}

function stateOf({ state, mergeable }: ChangeRequest) {
  return { output: { state, mergeable } };
}
