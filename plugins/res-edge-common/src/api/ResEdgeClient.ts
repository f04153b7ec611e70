import { Selector } from '../entities';
import {
  OperationInput,
  OperationPath,
  OperationQuery,
  OperationResult,
  ResEdgeOperationId,
} from './operations';
import { ResEdgeApi, ResEdgeRequestOptions } from './ResEdgeApi';
import { ApiCall, sendRequest } from './sendRequest';
import { EntityInput } from './types';

/**
 * {@link ResEdgeApi} over HTTP, for the browser, backends and the command line alike.
 *
 * @public
 */
export class ResEdgeClient implements ResEdgeApi {
  private readonly discoveryApi: {
    getBaseUrl(pluginId: string): Promise<string>;
  };
  private readonly fetchApi: { fetch: typeof fetch };

  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    /** Adds the token of the user where it can; otherwise each call is given one. */
    fetchApi?: { fetch: typeof fetch };
  }) {
    this.discoveryApi = options.discoveryApi;
    this.fetchApi = options.fetchApi ?? { fetch: globalThis.fetch };
  }

  /** {@inheritDoc ResEdgeApi.getFleet} */
  getFleet(options?: ResEdgeRequestOptions) {
    return this.call<'getFleet'>({ path: ['fleet'] }, options);
  }

  /** {@inheritDoc ResEdgeApi.listEntities} */
  listEntities(
    query?: OperationQuery<'listEntities'>,
    options?: ResEdgeRequestOptions,
  ) {
    return this.call<'listEntities'>({ path: ['entities'], query }, options);
  }

  /** {@inheritDoc ResEdgeApi.countEntities} */
  countEntities(
    query: OperationQuery<'countEntities'>,
    options?: ResEdgeRequestOptions,
  ) {
    return this.call<'countEntities'>(
      { path: ['entities', 'counts'], query },
      options,
    );
  }

  /** {@inheritDoc ResEdgeApi.getEntity} */
  getEntity(
    { kind, name }: OperationPath<'getEntity'>,
    options?: ResEdgeRequestOptions,
  ) {
    return this.call<'getEntity'>({ path: ['entities', kind, name] }, options);
  }

  /** {@inheritDoc ResEdgeApi.importRecords} */
  importRecords(
    { format, atomic, dryRun, ...body }: OperationInput<'importRecords'>,
    options?: ResEdgeRequestOptions,
  ) {
    return this.call<'importRecords'>(
      {
        method: 'POST',
        path: ['imports', format],
        query: { atomic, dryRun },
        body,
      },
      options,
    );
  }

  /** {@inheritDoc ResEdgeApi.listRecords} */
  listRecords(
    query?: OperationQuery<'listRecords'>,
    options?: ResEdgeRequestOptions,
  ) {
    return this.call<'listRecords'>({ path: ['records'], query }, options);
  }

  /** {@inheritDoc ResEdgeApi.createEntity} */
  createEntity(entity: EntityInput, options?: ResEdgeRequestOptions) {
    return this.call<'createEntity'>(
      { method: 'POST', path: ['entities'], body: entity },
      options,
    );
  }

  /** {@inheritDoc ResEdgeApi.applyEntity} */
  applyEntity(
    { entity, ...conditions }: Parameters<ResEdgeApi['applyEntity']>[0],
    options?: ResEdgeRequestOptions,
  ) {
    const path = ['entities', entity.kind ?? '', entity.metadata.name];
    return this.call<'applyEntity'>(
      { method: 'PUT', path, body: entity, conditions },
      options,
    );
  }

  /** {@inheritDoc ResEdgeApi.patchEntity} */
  patchEntity(
    { kind, name, patch, ifMatch }: Parameters<ResEdgeApi['patchEntity']>[0],
    options?: ResEdgeRequestOptions,
  ) {
    return this.call<'patchEntity'>(
      {
        method: 'PATCH',
        path: ['entities', kind, name],
        body: patch,
        contentType: 'application/merge-patch+json',
        conditions: { ifMatch },
      },
      options,
    );
  }

  /** {@inheritDoc ResEdgeApi.deleteEntity} */
  deleteEntity(
    { kind, name, ifMatch }: Parameters<ResEdgeApi['deleteEntity']>[0],
    options?: ResEdgeRequestOptions,
  ): Promise<void> {
    const path = ['entities', kind, name];
    return this.call<'deleteEntity'>(
      { method: 'DELETE', path, conditions: { ifMatch } },
      options,
    );
  }

  /** {@inheritDoc ResEdgeApi.writeEntities} */
  writeEntities(
    { mutations, ...query }: Parameters<ResEdgeApi['writeEntities']>[0],
    options?: ResEdgeRequestOptions,
  ) {
    return this.call<'writeEntities'>(
      { method: 'POST', path: ['entities:batch'], query, body: { mutations } },
      options,
    );
  }

  /** {@inheritDoc ResEdgeApi.listProblems} */
  listProblems(
    query?: OperationQuery<'listProblems'>,
    options?: ResEdgeRequestOptions,
  ) {
    return this.call<'listProblems'>({ path: ['problems'], query }, options);
  }

  /** {@inheritDoc ResEdgeApi.listRootGroups} */
  listRootGroups(options?: ResEdgeRequestOptions) {
    return this.call<'listRootGroups'>({ path: ['groups'] }, options);
  }

  /** {@inheritDoc ResEdgeApi.getGroup} */
  getGroup(
    { name }: OperationPath<'getGroup'>,
    options?: ResEdgeRequestOptions,
  ) {
    return this.call<'getGroup'>({ path: ['groups', name] }, options);
  }

  /** {@inheritDoc ResEdgeApi.getClusterPlacements} */
  getClusterPlacements(
    { name }: OperationPath<'getClusterPlacements'>,
    options?: ResEdgeRequestOptions,
  ) {
    return this.call<'getClusterPlacements'>(
      { path: ['clusters', name, 'placements'] },
      options,
    );
  }

  /** {@inheritDoc ResEdgeApi.listApplications} */
  listApplications(options?: ResEdgeRequestOptions) {
    return this.call<'listApplications'>({ path: ['applications'] }, options);
  }

  /** {@inheritDoc ResEdgeApi.listApplicationPlacements} */
  listApplicationPlacements(
    {
      name,
      ...query
    }: OperationPath<'listApplicationPlacements'> &
      OperationQuery<'listApplicationPlacements'>,
    options?: ResEdgeRequestOptions,
  ) {
    return this.call<'listApplicationPlacements'>(
      { path: ['applications', name, 'placements'], query },
      options,
    );
  }

  /** {@inheritDoc ResEdgeApi.getNamespaceReach} */
  getNamespaceReach(
    { name }: OperationPath<'getNamespaceReach'>,
    options?: ResEdgeRequestOptions,
  ) {
    return this.call<'getNamespaceReach'>(
      { path: ['namespaces', name, 'reach'] },
      options,
    );
  }

  /** {@inheritDoc ResEdgeApi.explain} */
  explain(query: OperationQuery<'explain'>, options?: ResEdgeRequestOptions) {
    return this.call<'explain'>({ path: ['explain'], query }, options);
  }

  /** {@inheritDoc ResEdgeApi.previewSelector} */
  previewSelector(
    body: { selector: Selector; sample?: number; by?: string },
    options?: ResEdgeRequestOptions,
  ) {
    return this.call<'previewSelector'>(
      { method: 'POST', path: ['selectors', 'preview'], body },
      options,
    );
  }

  /** {@inheritDoc ResEdgeApi.listPlans} */
  listPlans(
    query?: OperationQuery<'listPlans'>,
    options?: ResEdgeRequestOptions,
  ) {
    return this.call<'listPlans'>({ path: ['plans'], query }, options);
  }

  /** {@inheritDoc ResEdgeApi.runPlan} */
  runPlan(options?: ResEdgeRequestOptions) {
    return this.call<'runPlan'>(
      { method: 'POST', path: ['plans', 'run'] },
      options,
    );
  }

  /** {@inheritDoc ResEdgeApi.getPlan} */
  getPlan({ id }: OperationPath<'getPlan'>, options?: ResEdgeRequestOptions) {
    return this.call<'getPlan'>({ path: ['plans', id] }, options);
  }

  /** {@inheritDoc ResEdgeApi.listChangeRequests} */
  listChangeRequests(
    query?: OperationQuery<'listChangeRequests'>,
    options?: ResEdgeRequestOptions,
  ) {
    return this.call<'listChangeRequests'>(
      { path: ['change-requests'], query },
      options,
    );
  }

  /** {@inheritDoc ResEdgeApi.getChangeRequest} */
  getChangeRequest(
    { id }: OperationPath<'getChangeRequest'>,
    options?: ResEdgeRequestOptions,
  ) {
    return this.call<'getChangeRequest'>(
      { path: ['change-requests', id] },
      options,
    );
  }

  /** {@inheritDoc ResEdgeApi.mergeChangeRequest} */
  mergeChangeRequest(
    { id, digest }: OperationPath<'mergeChangeRequest'> & { digest: string },
    options?: ResEdgeRequestOptions,
  ) {
    return this.call<'mergeChangeRequest'>(
      {
        method: 'POST',
        path: ['change-requests', id, 'merge'],
        body: { digest },
      },
      options,
    );
  }

  /** {@inheritDoc ResEdgeApi.listPolicies} */
  listPolicies(options?: ResEdgeRequestOptions) {
    return this.call<'listPolicies'>({ path: ['policies'] }, options);
  }

  /** {@inheritDoc ResEdgeApi.listDrift} */
  listDrift(options?: ResEdgeRequestOptions) {
    return this.call<'listDrift'>({ path: ['drift'] }, options);
  }

  /** {@inheritDoc ResEdgeApi.getDrift} */
  getDrift(
    { kind, name }: OperationPath<'getDrift'>,
    options?: ResEdgeRequestOptions,
  ) {
    return this.call<'getDrift'>({ path: ['drift', kind, name] }, options);
  }

  /** {@inheritDoc ResEdgeApi.adoptDrift} */
  adoptDrift(
    { kind, name, ...body }: OperationInput<'adoptDrift'>,
    options?: ResEdgeRequestOptions,
  ) {
    return this.call<'adoptDrift'>(
      { method: 'POST', path: ['drift', kind, name, 'adopt'], body },
      options,
    );
  }

  /** {@inheritDoc ResEdgeApi.discardDrift} */
  discardDrift(
    { kind, name, ...body }: OperationInput<'discardDrift'>,
    options?: ResEdgeRequestOptions,
  ) {
    return this.call<'discardDrift'>(
      { method: 'POST', path: ['drift', kind, name, 'discard'], body },
      options,
    );
  }

  /** {@inheritDoc ResEdgeApi.listGuards} */
  listGuards(options?: ResEdgeRequestOptions) {
    return this.call<'listGuards'>({ path: ['guards'] }, options);
  }

  /** {@inheritDoc ResEdgeApi.signOffGuard} */
  signOffGuard(
    { id, reason }: OperationInput<'signOffGuard'>,
    options?: ResEdgeRequestOptions,
  ) {
    return this.call<'signOffGuard'>(
      { method: 'POST', path: ['guards', id, 'sign-off'], body: { reason } },
      options,
    );
  }

  private async call<Id extends ResEdgeOperationId>(
    call: ApiCall,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<Id>> {
    const baseUrl = await this.discoveryApi.getBaseUrl('res-edge');
    return sendRequest(this.fetchApi, baseUrl, call, options);
  }
}
