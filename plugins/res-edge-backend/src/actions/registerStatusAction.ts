import { InputError } from '@backstage/errors';
import { edgeEntityPermission } from '@res-edge/backstage-plugin-res-edge-common';
import { ActionOptions, reading } from './ActionOptions';

const PERMISSIONS = (['EdgeCluster', 'EdgeApplication'] as const).map(
  kind => edgeEntityPermission(kind, 'read').name,
);
const MAX_CLUSTERS = 100;

/** What is wanted against what is reported, of a cluster or of an application. @internal */
export function registerStatusAction({
  actionsRegistry,
  accessFactory,
  operations,
}: ActionOptions): void {
  actionsRegistry.register({
    name: 'get-status',
    title: 'Get the reported status',
    description:
      'Tells what a cluster runs of what it is told to run, or on which clusters an application is not as it is wanted: failed, behind, or on clusters that are silent.',
    attributes: reading,
    schema: {
      input: z =>
        z.object({
          cluster: z.string().optional().describe('Name of an EdgeCluster'),
          application: z
            .string()
            .optional()
            .describe('Name of an EdgeApplication; instead of a cluster'),
        }),
      output: z =>
        z.object({
          counts: z.record(z.number()).describe('How many are in each state'),
          freshness: z
            .string()
            .optional()
            .describe('Whether the cluster is heard of'),
          rows: z
            .array(
              z.object({
                cluster: z.string(),
                application: z.string(),
                state: z.string(),
                wanted: z.string().optional(),
                reported: z.string().optional(),
                message: z.string().optional(),
              }),
            )
            .describe(
              'The applications of the cluster, or the first clusters on which the application is not current',
            ),
        }),
    },
    action: async ({ input: { cluster, application }, credentials }) => {
      const access = await accessFactory.forCaller(credentials, PERMISSIONS);
      const call = { body: {}, access };
      if ((cluster === undefined) === (application === undefined)) {
        throw new InputError('Give either cluster or application');
      }
      if (cluster !== undefined) {
        const status = await operations.getClusterStatus({
          ...call,
          path: { name: cluster },
          query: {},
        });
        return {
          output: {
            counts: status.counts,
            freshness: status.freshness,
            rows: status.applications.map(row =>
              toRow({ ...row, cluster, application: row.application }),
            ),
          },
        };
      }
      const page = await operations.getApplicationStatus({
        ...call,
        path: { name: application! },
        query: { state: 'drift', limit: MAX_CLUSTERS },
      });
      return {
        output: {
          counts: page.counts,
          rows: page.items.map(row =>
            toRow({ ...row, application: page.application }),
          ),
        },
      };
    },
  });
}

function toRow(row: {
  cluster: string;
  application: string;
  state: string;
  revision?: string;
  version?: string;
  reported?: { revision: string; version?: string; message?: string };
}) {
  const { cluster, application, state, reported } = row;
  return {
    cluster,
    application,
    state,
    wanted: row.version ?? row.revision,
    reported: reported && (reported.version ?? reported.revision),
    message: reported?.message,
  };
}
