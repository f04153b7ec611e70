import { ServiceUnavailableError } from '@backstage/errors';
import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ChangeRequest,
  ChangeRequestDetails,
  OperationBody,
  OperationPath,
  OperationQuery,
  OperationResult,
  ResEdgeOperationId,
  Selector,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  ChangeRequestStore,
  PlanStore,
  StoredChangeRequest,
} from '../database';
import { InventorySync } from '../inventory';
import { PageRequest } from '../util/cursor';
import { Fleet, FleetView } from './FleetView';
import {
  explainPlacement,
  getClusterPlacements,
  getEntity,
  getGroup,
  getNamespaceReach,
  listApplicationPlacements,
  listApplications,
  listEntities,
  listProblems,
  listRootGroups,
  OpenIntents,
  previewSelector,
  summarizeFleet,
} from './queries';

const DEFAULT_LIMIT = 50;

/** A call that is valid by the document and allowed. @internal */
export interface OperationRequest<Id extends ResEdgeOperationId> {
  readonly path: OperationPath<Id>;
  readonly query: OperationQuery<Id>;
  readonly body: OperationBody<Id>;
  /** Who calls: the reference of a user, or the name of a service. */
  readonly actor: string;
}

/** What answers each operation of the document. @internal */
export type Operations = {
  [Id in ResEdgeOperationId]: (
    request: OperationRequest<Id>,
  ) => Promise<OperationResult<Id>>;
};

/** What the operations read and ask. @internal */
export interface OperationOptions {
  readonly fleet: Fleet;
  readonly plans: PlanStore;
  readonly changeRequests: ChangeRequestStore;
  readonly inventorySync: Pick<InventorySync, 'sync'>;
  readonly logger: LoggerService;
}

/** The operations of the API, over the latest view of the fleet and the stores. @internal */
export function createOperations(options: OperationOptions): Operations {
  const { fleet, plans, changeRequests, inventorySync, logger } = options;

  const view = (): FleetView => {
    const latest = fleet.view();
    if (!latest) {
      throw new ServiceUnavailableError(
        'The fleet is being read for the first time; try again in a few seconds',
      );
    }
    return latest;
  };

  const openIntents = async (): Promise<OpenIntents> =>
    new Map(
      (await changeRequests.listOpen()).map(({ intent, id }) => [intent, id]),
    );

  return {
    async getFleet() {
      const latest = view();
      const { total } = await changeRequests.list({ state: 'open', limit: 1 });
      return summarizeFleet(latest, {
        plan: latest.planId ? await plans.getSummary(latest.planId) : undefined,
        openChangeRequests: total,
        delivery: fleet.deliveryStatus(),
      });
    },
    async listEntities({ query }) {
      return listEntities(view(), query, pageRequest(query));
    },
    async getEntity({ path }) {
      return getEntity(view(), path.kind, path.name);
    },
    async listProblems({ query }) {
      return listProblems(view(), query, pageRequest(query));
    },
    async listRootGroups() {
      return listRootGroups(view());
    },
    async getGroup({ path }) {
      return getGroup(view(), path.name);
    },
    async getClusterPlacements({ path }) {
      return getClusterPlacements(view(), path.name);
    },
    async listApplications() {
      return listApplications(view(), await openIntents());
    },
    async listApplicationPlacements({ path, query }) {
      return listApplicationPlacements(
        view(),
        path.name,
        query.state ?? 'placed',
        pageRequest(query),
      );
    },
    async getNamespaceReach({ path }) {
      return getNamespaceReach(view(), await openIntents(), path.name);
    },
    async explain({ query }) {
      return explainPlacement(view(), query.application, query.cluster);
    },
    async previewSelector({ body }) {
      // The document says no more than "string or object"; the selector's compiler checks all of it, with places.
      const selector = body.selector as Selector;
      return previewSelector(view(), { ...body, selector });
    },
    async listPlans({ query }) {
      return plans.list(pageRequest(query));
    },
    async runPlan({ actor }) {
      await inventorySync.sync();
      fleet.requestRun(`request of ${actor}`, actor).catch(error => {
        logger.error(`The run that ${actor} asked for failed`, error);
      });
      return { requested: true };
    },
    async getPlan({ path }) {
      const { inventoryRevision, ...plan } = await plans.get(path.id);
      return plan;
    },
    async listChangeRequests({ query }) {
      const page = await changeRequests.list({
        ...pageRequest(query),
        state: query.state,
      });
      return { ...page, items: page.items.map(toChangeRequest) };
    },
    async getChangeRequest({ path }) {
      const stored = await changeRequests.get(path.id);
      return {
        ...toChangeRequest(stored),
        description: stored.description,
        plan: await planOf(plans, stored),
        files: await fleet.changeRequestFiles(path.id),
      };
    },
    async mergeChangeRequest({ path, body, actor }) {
      return fleet.mergeChangeRequest(path.id, body.digest, actor);
    },
  };
}

/** A change request as the API shows it. @internal */
export function toChangeRequest({
  description,
  baseCommit,
  headCommit,
  planId,
  ...changeRequest
}: StoredChangeRequest): ChangeRequest {
  return {
    ...changeRequest,
    mergeable:
      changeRequest.state === 'open' && changeRequest.blocked === undefined,
  };
}

/** What it changes; after the retention time only the totals are left. */
async function planOf(
  plans: PlanStore,
  { id, planId = '', createdAt, intent, totals }: StoredChangeRequest,
): Promise<ChangeRequestDetails['plan']> {
  try {
    const { inventoryRevision, ...plan } = await plans.get(planId);
    return plan;
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFoundError') {
      return {
        id: planId,
        createdAt,
        cause: intent,
        changeRequest: id,
        totals,
        effects: [],
        problems: [],
      };
    }
    throw error;
  }
}

function pageRequest({
  limit = DEFAULT_LIMIT,
  cursor,
}: {
  limit?: number;
  cursor?: string;
}): PageRequest {
  return { limit, cursor };
}
