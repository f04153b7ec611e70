import { OperationResult, ResEdgeOperationId } from './operations';
import { ResEdgeApi, ResEdgeRequestOptions } from './ResEdgeApi';
import { fillPath } from './fillPath';
import { ApiCall, sendRequest } from './sendRequest';

/**
 * {@link ResEdgeApi} over HTTP, for the browser, backends and the command line alike.
 *
 * @public
 */
export class ResEdgeClient implements ResEdgeApi {
  constructor(
    private readonly options: {
      discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
      /** Adds the token of the user where it can; otherwise each call is given one. */
      fetchApi?: { fetch: typeof fetch };
    },
  ) {}

  /** {@inheritDoc ResEdgeApi.getFleet} */
  readonly getFleet: ResEdgeApi['getFleet'] = this.question('GET', 'fleet');

  /** {@inheritDoc ResEdgeApi.listEntities} */
  readonly listEntities: ResEdgeApi['listEntities'] = this.operation(
    'GET',
    'entities',
  );

  /** {@inheritDoc ResEdgeApi.countEntities} */
  readonly countEntities: ResEdgeApi['countEntities'] = this.operation(
    'GET',
    'entities/counts',
  );

  /** {@inheritDoc ResEdgeApi.getEntity} */
  readonly getEntity: ResEdgeApi['getEntity'] = this.operation(
    'GET',
    'entities/{kind}/{name}',
  );

  /** {@inheritDoc ResEdgeApi.listRecords} */
  readonly listRecords: ResEdgeApi['listRecords'] = this.operation(
    'GET',
    'records',
  );

  /** {@inheritDoc ResEdgeApi.createEntity} */
  readonly createEntity: ResEdgeApi['createEntity'] = this.operation(
    'POST',
    'entities',
  );

  /** {@inheritDoc ResEdgeApi.listChanges} */
  readonly listChanges: ResEdgeApi['listChanges'] = this.operation(
    'GET',
    'changes',
  );

  /** {@inheritDoc ResEdgeApi.listAuditEntries} */
  readonly listAuditEntries: ResEdgeApi['listAuditEntries'] = this.operation(
    'GET',
    'audit',
  );

  /** {@inheritDoc ResEdgeApi.whatIf} */
  readonly whatIf: ResEdgeApi['whatIf'] = this.operation('POST', 'what-if');

  /** {@inheritDoc ResEdgeApi.listProblems} */
  readonly listProblems: ResEdgeApi['listProblems'] = this.operation(
    'GET',
    'problems',
  );

  /** {@inheritDoc ResEdgeApi.listRootGroups} */
  readonly listRootGroups: ResEdgeApi['listRootGroups'] = this.question(
    'GET',
    'groups',
  );

  /** {@inheritDoc ResEdgeApi.getGroup} */
  readonly getGroup: ResEdgeApi['getGroup'] = this.operation(
    'GET',
    'groups/{name}',
  );

  /** {@inheritDoc ResEdgeApi.getClusterBootstrap} */
  readonly getClusterBootstrap: ResEdgeApi['getClusterBootstrap'] =
    this.operation('GET', 'clusters/{name}/bootstrap');

  /** {@inheritDoc ResEdgeApi.getClusterPlacements} */
  readonly getClusterPlacements: ResEdgeApi['getClusterPlacements'] =
    this.operation('GET', 'clusters/{name}/placements');

  /** {@inheritDoc ResEdgeApi.getFleetStatus} */
  readonly getFleetStatus: ResEdgeApi['getFleetStatus'] = this.question(
    'GET',
    'status',
  );

  /** {@inheritDoc ResEdgeApi.reportStatus} */
  readonly reportStatus: ResEdgeApi['reportStatus'] = this.operation(
    'POST',
    'status',
  );

  /** {@inheritDoc ResEdgeApi.getClusterStatus} */
  readonly getClusterStatus: ResEdgeApi['getClusterStatus'] = this.operation(
    'GET',
    'clusters/{name}/status',
  );

  /** {@inheritDoc ResEdgeApi.getApplicationStatus} */
  readonly getApplicationStatus: ResEdgeApi['getApplicationStatus'] =
    this.operation('GET', 'applications/{name}/status');

  /** {@inheritDoc ResEdgeApi.listApplications} */
  readonly listApplications: ResEdgeApi['listApplications'] = this.question(
    'GET',
    'applications',
  );

  /** {@inheritDoc ResEdgeApi.listApplicationPlacements} */
  readonly listApplicationPlacements: ResEdgeApi['listApplicationPlacements'] =
    this.operation('GET', 'applications/{name}/placements');

  /** {@inheritDoc ResEdgeApi.getNamespaceReach} */
  readonly getNamespaceReach: ResEdgeApi['getNamespaceReach'] = this.operation(
    'GET',
    'namespaces/{name}/reach',
  );

  /** {@inheritDoc ResEdgeApi.explain} */
  readonly explain: ResEdgeApi['explain'] = this.operation('GET', 'explain');

  /** {@inheritDoc ResEdgeApi.previewSelector} */
  readonly previewSelector: ResEdgeApi['previewSelector'] = this.operation(
    'POST',
    'selectors/preview',
  );

  /** {@inheritDoc ResEdgeApi.storeSource} */
  readonly storeSource: ResEdgeApi['storeSource'] = this.operation(
    'POST',
    'sources',
  );

  /** {@inheritDoc ResEdgeApi.listPlans} */
  readonly listPlans: ResEdgeApi['listPlans'] = this.operation('GET', 'plans');

  /** {@inheritDoc ResEdgeApi.runPlan} */
  readonly runPlan: ResEdgeApi['runPlan'] = this.question('POST', 'plans/run');

  /** {@inheritDoc ResEdgeApi.getPlan} */
  readonly getPlan: ResEdgeApi['getPlan'] = this.operation('GET', 'plans/{id}');

  /** {@inheritDoc ResEdgeApi.listChangeRequests} */
  readonly listChangeRequests: ResEdgeApi['listChangeRequests'] =
    this.operation('GET', 'change-requests');

  /** {@inheritDoc ResEdgeApi.getChangeRequest} */
  readonly getChangeRequest: ResEdgeApi['getChangeRequest'] = this.operation(
    'GET',
    'change-requests/{id}',
  );

  /** {@inheritDoc ResEdgeApi.mergeChangeRequest} */
  readonly mergeChangeRequest: ResEdgeApi['mergeChangeRequest'] =
    this.operation('POST', 'change-requests/{id}/merge');

  /** {@inheritDoc ResEdgeApi.listApprovals} */
  readonly listApprovals: ResEdgeApi['listApprovals'] = this.question(
    'GET',
    'approvals',
  );

  /** {@inheritDoc ResEdgeApi.approveChangeRequest} */
  readonly approveChangeRequest: ResEdgeApi['approveChangeRequest'] =
    this.operation('POST', 'change-requests/{id}/approve');

  /** {@inheritDoc ResEdgeApi.refuseChangeRequest} */
  readonly refuseChangeRequest: ResEdgeApi['refuseChangeRequest'] =
    this.operation('POST', 'change-requests/{id}/refuse');

  /** {@inheritDoc ResEdgeApi.breakGlass} */
  readonly breakGlass: ResEdgeApi['breakGlass'] = this.operation(
    'POST',
    'change-requests/{id}/break-glass',
  );

  /** {@inheritDoc ResEdgeApi.listPolicies} */
  readonly listPolicies: ResEdgeApi['listPolicies'] = this.question(
    'GET',
    'policies',
  );

  /** {@inheritDoc ResEdgeApi.getPolicyCalendar} */
  readonly getPolicyCalendar: ResEdgeApi['getPolicyCalendar'] = this.question(
    'GET',
    'policies/calendar',
  );

  /** {@inheritDoc ResEdgeApi.listDrift} */
  readonly listDrift: ResEdgeApi['listDrift'] = this.question('GET', 'drift');

  /** {@inheritDoc ResEdgeApi.getDrift} */
  readonly getDrift: ResEdgeApi['getDrift'] = this.operation(
    'GET',
    'drift/{kind}/{name}',
  );

  /** {@inheritDoc ResEdgeApi.adoptDrift} */
  readonly adoptDrift: ResEdgeApi['adoptDrift'] = this.operation(
    'POST',
    'drift/{kind}/{name}/adopt',
  );

  /** {@inheritDoc ResEdgeApi.discardDrift} */
  readonly discardDrift: ResEdgeApi['discardDrift'] = this.operation(
    'POST',
    'drift/{kind}/{name}/discard',
  );

  /** {@inheritDoc ResEdgeApi.listGuards} */
  readonly listGuards: ResEdgeApi['listGuards'] = this.question(
    'GET',
    'guards',
  );

  /** {@inheritDoc ResEdgeApi.signOffGuard} */
  readonly signOffGuard: ResEdgeApi['signOffGuard'] = this.operation(
    'POST',
    'guards/{id}/sign-off',
  );

  /** {@inheritDoc ResEdgeApi.listRollouts} */
  readonly listRollouts: ResEdgeApi['listRollouts'] = this.question(
    'GET',
    'rollouts',
  );

  /** {@inheritDoc ResEdgeApi.getRolloutHistory} */
  readonly getRolloutHistory: ResEdgeApi['getRolloutHistory'] = this.operation(
    'GET',
    'rollouts:history',
  );

  /** {@inheritDoc ResEdgeApi.simulateRollout} */
  readonly simulateRollout: ResEdgeApi['simulateRollout'] = this.operation(
    'POST',
    'rollouts:simulate',
  );

  /** {@inheritDoc ResEdgeApi.getRollout} */
  readonly getRollout: ResEdgeApi['getRollout'] = this.operation(
    'GET',
    'rollouts/{id}',
  );

  /** {@inheritDoc ResEdgeApi.commandRollout} */
  readonly commandRollout: ResEdgeApi['commandRollout'] = this.operation(
    'POST',
    'rollouts/{id}/{command}',
  );

  /** {@inheritDoc ResEdgeApi.importRecords} */
  readonly importRecords: ResEdgeApi['importRecords'] = this.operation(
    'POST',
    'imports/{format}?atomic&dryRun',
  );

  /** {@inheritDoc ResEdgeApi.writeEntities} */
  readonly writeEntities: ResEdgeApi['writeEntities'] = this.operation(
    'POST',
    'entities:batch?atomic&dryRun',
  );

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

  /** An operation without parameters. */
  private question(method: ApiCall['method'], path: string) {
    return (options?: ResEdgeRequestOptions): Promise<any> =>
      this.call({ method, path: path.split('/') }, options);
  }

  /**
   * An operation whose input is in its path, and beside that all in its query or, where it is no GET, in its body but for
   * what the path names behind `?`. What goes in and comes out is typed where it is assigned.
   */
  private operation(method: ApiCall['method'], path: string) {
    return (
      input: object = {},
      options?: ResEdgeRequestOptions,
    ): Promise<any> => {
      const { segments, query, rest } = fillPath(path, input);
      const place = method === 'GET' ? { query: rest } : { query, body: rest };
      return this.call({ method, path: segments, ...place }, options);
    };
  }

  private async call<Id extends ResEdgeOperationId>(
    call: ApiCall,
    options?: ResEdgeRequestOptions,
  ): Promise<OperationResult<Id>> {
    const { discoveryApi, fetchApi = { fetch: globalThis.fetch } } =
      this.options;
    const baseUrl = await discoveryApi.getBaseUrl('res-edge');
    return sendRequest(fetchApi, baseUrl, call, options);
  }
}
