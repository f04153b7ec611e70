/** A call of an operation that succeeds on the test fleet. @internal */
export interface TestCall {
  id: string;
  method?: 'post' | 'put' | 'patch' | 'delete';
  url: string;
  body?: object;
  contentType?: string;
  /** 200 where left out. */
  status?: number;
}

/** A cluster without anything. @internal */
export function clusterOf(name: string, spec: object = {}) {
  return {
    apiVersion: 'res-edge.io/v1alpha1',
    kind: 'EdgeCluster',
    metadata: { name, namespace: 'default' },
    spec,
  };
}

/** The clusters that the calls need, beside those of the test fleet: the API is their origin. @internal */
export const testClustersOfApi = ['from-api-1', 'from-api-2'].map(name =>
  clusterOf(name),
);

/** One for each operation of the document. @internal */
export const testCalls: TestCall[] = [
  { id: 'getFleet', url: '/v1/fleet' },
  { id: 'listEntities', url: '/v1/entities?kind=EdgeCluster&limit=2' },
  {
    id: 'countEntities',
    url: '/v1/entities/counts?by=spec.environment&kind=EdgeCluster',
  },
  { id: 'getEntity', url: '/v1/entities/EdgeCluster/tx-austin-1' },
  {
    id: 'importRecords',
    method: 'post',
    url: '/v1/imports/ndjson',
    body: { content: JSON.stringify(clusterOf('new-4')) },
  },
  {
    id: 'storeSource',
    method: 'post',
    url: '/v1/sources',
    body: { files: { 'kustomization.yaml': '' } },
  },
  { id: 'listRecords', url: '/v1/records?origin=api&origin=provider' },
  {
    id: 'createEntity',
    method: 'post',
    url: '/v1/entities',
    body: clusterOf('new-1'),
    status: 201,
  },
  {
    id: 'applyEntity',
    method: 'put',
    url: '/v1/entities/EdgeCluster/new-2',
    body: clusterOf('new-2'),
    status: 201,
  },
  {
    id: 'patchEntity',
    method: 'patch',
    url: '/v1/entities/EdgeCluster/from-api-1',
    body: { spec: { state: 'draining' } },
    contentType: 'application/merge-patch+json',
  },
  {
    id: 'deleteEntity',
    method: 'delete',
    url: '/v1/entities/EdgeCluster/from-api-2',
    status: 204,
  },
  {
    id: 'writeEntities',
    method: 'post',
    url: '/v1/entities:batch',
    body: { mutations: [{ action: 'apply', entity: clusterOf('new-3') }] },
  },
  { id: 'listChanges', url: '/v1/changes?since=1' },
  { id: 'listAuditEntries', url: '/v1/audit?kind=EdgeCluster' },
  {
    id: 'whatIf',
    method: 'post',
    url: '/v1/what-if',
    body: { mutations: [{ action: 'apply', entity: clusterOf('new-5') }] },
  },
  { id: 'listProblems', url: '/v1/problems' },
  { id: 'listRootGroups', url: '/v1/groups' },
  { id: 'getGroup', url: '/v1/groups/geo.us' },
  { id: 'getClusterBootstrap', url: '/v1/clusters/tx-austin-1/bootstrap' },
  { id: 'getClusterPlacements', url: '/v1/clusters/tx-austin-1/placements' },
  { id: 'getFleetStatus', url: '/v1/status' },
  {
    id: 'reportStatus',
    method: 'post',
    url: '/v1/status',
    body: { reports: [{ cluster: 'tx-austin-1' }] },
  },
  { id: 'getClusterStatus', url: '/v1/clusters/tx-austin-2/status' },
  {
    id: 'getApplicationStatus',
    url: '/v1/applications/imdb/status?state=drift',
  },
  { id: 'listApplications', url: '/v1/applications' },
  {
    id: 'listApplicationPlacements',
    url: '/v1/applications/imdb/placements',
  },
  { id: 'getNamespaceReach', url: '/v1/namespaces/point-of-sale/reach' },
  { id: 'explain', url: '/v1/explain?application=imdb&cluster=tx-austin-1' },
  {
    id: 'previewSelector',
    method: 'post',
    url: '/v1/selectors/preview',
    body: { selector: { groups: ['geo.us'] } },
  },
  { id: 'listPlans', url: '/v1/plans' },
  { id: 'runPlan', method: 'post', url: '/v1/plans/run', status: 202 },
  { id: 'getPlan', url: '/v1/plans/plan-1' },
  { id: 'listChangeRequests', url: '/v1/change-requests' },
  { id: 'getChangeRequest', url: '/v1/change-requests/imdb' },
  {
    id: 'mergeChangeRequest',
    method: 'post',
    url: '/v1/change-requests/imdb/merge',
    body: { digest: 'd1' },
  },
  { id: 'listApprovals', url: '/v1/approvals' },
  {
    id: 'approveChangeRequest',
    method: 'post',
    url: '/v1/change-requests/imdb/approve',
    body: { digest: 'd1', reason: 'Tried it', until: '2030-01-01T00:00:00Z' },
  },
  {
    id: 'refuseChangeRequest',
    method: 'post',
    url: '/v1/change-requests/imdb/refuse',
    body: { digest: 'd1', reason: 'Not before the holidays' },
  },
  {
    id: 'breakGlass',
    method: 'post',
    url: '/v1/change-requests/imdb/break-glass',
    body: { digest: 'd1', reason: 'Tills are down' },
  },
  { id: 'listPolicies', url: '/v1/policies' },
  { id: 'getPolicyCalendar', url: '/v1/policies/calendar' },
  { id: 'listDrift', url: '/v1/drift' },
  { id: 'listGuards', url: '/v1/guards' },
  {
    id: 'signOffGuard',
    method: 'post',
    url: '/v1/guards/g1/sign-off',
    body: { reason: 'The stores close' },
  },
  { id: 'listRollouts', url: '/v1/rollouts' },
  { id: 'getRolloutHistory', url: '/v1/rollouts:history?application=imdb' },
  {
    id: 'simulateRollout',
    method: 'post',
    url: '/v1/rollouts:simulate',
    body: { application: 'imdb', days: 1 },
  },
  { id: 'getRollout', url: '/v1/rollouts/r1' },
  {
    id: 'commandRollout',
    method: 'post',
    url: '/v1/rollouts/r1/pause',
    body: { reason: 'Tills are slow' },
  },
  { id: 'getDrift', url: '/v1/drift/EdgeApplication/imdb' },
  {
    id: 'adoptDrift',
    method: 'post',
    url: '/v1/drift/EdgeApplication/imdb/adopt',
    body: { digest: 'd1', reason: 'It works' },
  },
  {
    id: 'discardDrift',
    method: 'post',
    url: '/v1/drift/EdgeApplication/imdb/discard',
    body: { digest: 'd1' },
  },
];
