import { JsonObject } from '@backstage/types';
import { Selector } from '../entities';
import {
  OperationBody,
  OperationInput,
  OperationPath,
  OperationQuery,
  OperationResult,
} from './operations';
import { EntityInput } from './types';

/** What a call carries beside its parameters. @public */
export interface ResEdgeRequestOptions {
  /** A Backstage token, where `fetchApi` does not add one by itself. */
  token?: string;
  /** Ends the call early. */
  signal?: AbortSignal;
}

/** What must hold of an entity for a write to happen. @public */
export interface ResEdgeWriteConditions {
  /** An etag that must be the entity's, or `*`: it must be there. */
  ifMatch?: string;
  /** An etag that must not be the entity's, or `*`: it must not be there. */
  ifNoneMatch?: string;
}

/**
 * The API of the backend: one method for each operation of the OpenAPI document, which describes them. Each throws
 * {@link ResEdgeApiError} where the backend answers with an error.
 *
 * @public
 */
export interface ResEdgeApi {
  /** Totals of the fleet, its current plan and its delivery. */
  getFleet(
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'getFleet'>>;

  /** Entities of the inventory, ordered by kind and name. */
  listEntities(
    request?: OperationQuery<'listEntities'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'listEntities'>>;

  /** How many entities have each value in a field. */
  countEntities(
    request: OperationQuery<'countEntities'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'countEntities'>>;

  /** One entity with its origin and problems. */
  getEntity(
    request: OperationPath<'getEntity'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'getEntity'>>;

  /** Imports records of another system, with a report of each. */
  importRecords(
    request: OperationInput<'importRecords'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'importRecords'>>;

  /** Records of the inventory, or what changed since a revision, for those who keep a copy. */
  listRecords(
    request?: OperationQuery<'listRecords'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'listRecords'>>;

  /** Creates an entity; no change where an equal one is there. */
  createEntity(
    entity: EntityInput,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'createEntity'>>;

  /** Creates an entity, or replaces the one that is there. */
  applyEntity(
    request: { entity: EntityInput } & ResEdgeWriteConditions,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'applyEntity'>>;

  /** Changes parts of an entity, by a JSON merge patch. */
  patchEntity(
    request: OperationPath<'patchEntity'> & {
      patch: JsonObject;
      ifMatch?: string;
    },
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'patchEntity'>>;

  /** Deletes an entity. */
  deleteEntity(
    request: OperationPath<'deleteEntity'> & { ifMatch?: string },
    options?: ResEdgeRequestOptions,
  ): Promise<void>;

  /** Makes many writes at once, with a result for each. */
  writeEntities(
    request: OperationQuery<'writeEntities'> & OperationBody<'writeEntities'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'writeEntities'>>;

  /** What changed in the inventory since a revision; waits for it where asked. */
  listChanges(
    request?: OperationQuery<'listChanges'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'listChanges'>>;

  /** Who changed what, the newest first. */
  listAuditEntries(
    request?: OperationQuery<'listAuditEntries'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'listAuditEntries'>>;

  /** Says what writes would cause, as if they were made and merged; nothing is stored. */
  whatIf(
    request: OperationBody<'whatIf'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'whatIf'>>;

  /** Problems of the fleet, by entity. */
  listProblems(
    request?: OperationQuery<'listProblems'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'listProblems'>>;

  /** The roots of the business hierarchies with their counts. */
  listRootGroups(
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'listRootGroups'>>;

  /** One group with its path, its children and the values that its clusters inherit. */
  getGroup(
    request: OperationPath<'getGroup'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'getGroup'>>;

  /** What runs on a cluster and why, what does not and why not. */
  getClusterPlacements(
    request: OperationPath<'getClusterPlacements'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'getClusterPlacements'>>;

  /** What has to be done on a cluster itself, once. */
  getClusterBootstrap(
    request: OperationPath<'getClusterBootstrap'> &
      OperationQuery<'getClusterBootstrap'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'getClusterBootstrap'>>;

  /** All applications with their reach. */
  listApplications(
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'listApplications'>>;

  /** Where an application runs, or where it is refused and why. */
  listApplicationPlacements(
    request: OperationPath<'listApplicationPlacements'> &
      OperationQuery<'listApplicationPlacements'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'listApplicationPlacements'>>;

  /** The clusters that a namespace selects, by group, and its applications. */
  getNamespaceReach(
    request: OperationPath<'getNamespaceReach'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'getNamespaceReach'>>;

  /** Why an application is placed on a cluster, or why not, step by step. */
  explain(
    request: OperationQuery<'explain'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'explain'>>;

  /** Which clusters a selector matches now. */
  previewSelector(
    request: { selector: Selector; sample?: number; by?: string },
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'previewSelector'>>;

  /** Keeps manifests for an application that the API creates; the same ones are kept once. */
  storeSource(
    request: OperationBody<'storeSource'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'storeSource'>>;

  /** Plans, the newest first. */
  listPlans(
    request?: OperationQuery<'listPlans'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'listPlans'>>;

  /** Reads the catalog and plans now. */
  runPlan(options?: ResEdgeRequestOptions): Promise<OperationResult<'runPlan'>>;

  /** One plan with what it changes. */
  getPlan(
    request: OperationPath<'getPlan'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'getPlan'>>;

  /** Change requests, open ones first, then the newest. */
  listChangeRequests(
    request?: OperationQuery<'listChangeRequests'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'listChangeRequests'>>;

  /** One change request with its effect on the fleet and its files. */
  getChangeRequest(
    request: OperationPath<'getChangeRequest'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'getChangeRequest'>>;

  /** Merges a change request; `digest` is that of the decision that was read. */
  mergeChangeRequest(
    request: OperationPath<'mergeChangeRequest'> & { digest: string },
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'mergeChangeRequest'>>;

  /** What an approval asks the caller about now. */
  listApprovals(
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'listApprovals'>>;

  /** Agrees to the decision that was read, now or in advance. */
  approveChangeRequest(
    request: OperationInput<'approveChangeRequest'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'approveChangeRequest'>>;

  /** Says no to the decision that was read. */
  refuseChangeRequest(
    request: OperationInput<'refuseChangeRequest'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'refuseChangeRequest'>>;

  /** Merges without the approvals that are asked for. */
  breakGlass(
    request: OperationInput<'breakGlass'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'breakGlass'>>;

  /** All policies: what each says, and what it does now. */
  listPolicies(
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'listPolicies'>>;

  /** When freezes, overrides and windows let changes come, for the next two weeks. */
  getPolicyCalendar(
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'getPolicyCalendar'>>;

  /** What people changed by hand on main and nobody has settled yet. */
  listDrift(
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'listDrift'>>;

  /** What was changed by hand of one entity, with the files. */
  getDrift(
    request: OperationPath<'getDrift'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'getDrift'>>;

  /** Takes over what was changed by hand; `digest` is that of the change that was read. */
  adoptDrift(
    request: OperationPath<'adoptDrift'> & OperationBody<'adoptDrift'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'adoptDrift'>>;

  /** Takes back what was changed by hand; `digest` is that of the change that was read. */
  discardDrift(
    request: OperationPath<'discardDrift'> & OperationBody<'discardDrift'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'discardDrift'>>;

  /** Losses that wait for a person's sign-off. */
  listGuards(
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'listGuards'>>;

  /** Lets what waits be taken away; `id` is that of what was read. */
  signOffGuard(
    request: OperationPath<'signOffGuard'> & OperationBody<'signOffGuard'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'signOffGuard'>>;

  /** The newest rollout of each application. */
  listRollouts(
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'listRollouts'>>;

  /** All rollouts of an application, or of a namespace's content, the newest first. */
  getRolloutHistory(
    query: OperationQuery<'getRolloutHistory'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'getRolloutHistory'>>;

  /** Plays a rollout over the next days, hour by hour; nothing is stored. */
  simulateRollout(
    request: OperationBody<'simulateRollout'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'simulateRollout'>>;

  /** A rollout with all that happened to it. */
  getRollout(
    path: OperationPath<'getRollout'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'getRollout'>>;

  /** Pauses, resumes, promotes, skips, aborts or rolls back. */
  commandRollout(
    request: OperationPath<'commandRollout'> & OperationBody<'commandRollout'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'commandRollout'>>;

  /** How many clusters are heard of, and how many have what is wanted of each application. */
  getFleetStatus(
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'getFleetStatus'>>;

  /** Reports of many clusters what they say of themselves. */
  reportStatus(
    body: OperationBody<'reportStatus'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'reportStatus'>>;

  /** What a cluster is told to run, and what it reports. */
  getClusterStatus(
    path: OperationPath<'getClusterStatus'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'getClusterStatus'>>;

  /** On how many clusters an application is as it is wanted, and on which it is not. */
  getApplicationStatus(
    input: OperationInput<'getApplicationStatus'>,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<'getApplicationStatus'>>;
}
