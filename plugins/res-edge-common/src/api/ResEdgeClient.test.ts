import { openapiDocument } from '../generated/openapiDocument';
import { ResEdgeApiError } from './ResEdgeApiError';
import { ResEdgeClient } from './ResEdgeClient';

const discoveryApi = {
  getBaseUrl: async (pluginId: string) => `http://portal/api/${pluginId}`,
};

function clientOf(answer: { status?: number; body?: unknown } = {}) {
  const requests: { url: string; init: RequestInit }[] = [];
  const client = new ResEdgeClient({
    discoveryApi,
    fetchApi: {
      fetch: async (url, init) => {
        requests.push({ url: String(url), init: init ?? {} });
        const body =
          typeof answer.body === 'string'
            ? answer.body
            : JSON.stringify(answer.body ?? {});
        return new Response(answer.status === 204 ? null : body, {
          status: answer.status ?? 200,
        });
      },
    },
  });
  return { client, requests };
}

describe('ResEdgeClient', () => {
  it('has a method for each operation, and no other', () => {
    const operationIds = Object.values(openapiDocument.paths)
      .flatMap(path => Object.values(path))
      .map(operation => operation.operationId)
      .sort();
    const { client } = clientOf();
    const own = ['constructor', 'call', 'operation', 'question'];
    const methods = [
      ...Object.getOwnPropertyNames(ResEdgeClient.prototype),
      ...Object.keys(client),
    ]
      .filter(name => !['options', ...own].includes(name))
      .sort();
    expect(methods).toEqual(operationIds);
  });

  it('calls a path and method of the document', async () => {
    const { client, requests } = clientOf();
    await client.getFleet();
    await client.listEntities();
    await client.countEntities({ by: 'kind' });
    await client.importRecords({ format: 'yaml', content: '' });
    const target = { kind: 'EdgeCluster' as const, name: 'x' };
    const entity = {
      apiVersion: 'res-edge.io/v1alpha1',
      kind: 'EdgeCluster' as const,
      metadata: { name: 'x' },
      spec: {},
    };
    await client.getEntity(target);
    await client.createEntity(entity);
    await client.applyEntity({ entity });
    await client.patchEntity({ ...target, patch: {} });
    await client.deleteEntity(target);
    await client.writeEntities({ mutations: [] });
    await client.whatIf({ mutations: [] });
    await client.listChanges();
    await client.listAuditEntries();
    await client.listRecords();
    await client.listProblems();
    await client.listPolicies();
    await client.getPolicyCalendar();
    await client.listRootGroups();
    await client.getGroup({ name: 'x' });
    await client.getClusterPlacements({ name: 'x' });
    await client.getClusterBootstrap({ name: 'x' });
    await client.getFleetStatus();
    await client.reportStatus({ reports: [] });
    await client.getClusterStatus({ name: 'x' });
    await client.getApplicationStatus({ name: 'x' });
    await client.listApplications();
    await client.listApplicationPlacements({ name: 'x' });
    await client.getNamespaceReach({ name: 'x' });
    await client.explain({ application: 'x', cluster: 'x' });
    await client.previewSelector({ selector: { all: true } });
    await client.storeSource({ files: { 'a.yaml': '' } });
    await client.listPlans();
    await client.runPlan();
    await client.getPlan({ id: 'x' });
    await client.listChangeRequests();
    await client.getChangeRequest({ id: 'x' });
    await client.mergeChangeRequest({ id: 'x', digest: 'd' });
    const decision = { id: 'x', digest: 'd' };
    await client.approveChangeRequest(decision);
    await client.refuseChangeRequest({ ...decision, reason: 'r' });
    await client.breakGlass({ ...decision, reason: 'r' });
    await client.listApprovals();
    await client.listDrift();
    await client.listGuards();
    await client.signOffGuard({ id: 'x', reason: 'r' });
    await client.listRollouts();
    await client.getRolloutHistory({ application: 'x' });
    await client.simulateRollout({ application: 'x' });
    await client.getRollout({ id: 'x' });
    await client.commandRollout({ id: 'x', command: 'pause' });
    const drift = { kind: 'EdgeApplication', name: 'x' } as const;
    await client.getDrift(drift);
    await client.adoptDrift({ ...drift, digest: 'd' });
    await client.discardDrift({ ...drift, digest: 'd', reason: 'r' });

    const called = requests.map(({ url, init }) => {
      const path = new URL(url).pathname
        .replace('/api/res-edge', '')
        .replace('EdgeApplication', 'EdgeCluster')
        .replace('/pause', '/x');
      return `${init.method} ${path}`;
    });
    const documented = Object.entries(openapiDocument.paths).flatMap(
      ([path, methods]) =>
        Object.keys(methods).map(
          method =>
            `${method.toUpperCase()} ${path
              .replace('{kind}', 'EdgeCluster')
              .replace('{format}', 'yaml')
              .replace(/\{\w+\}/g, 'x')}`,
        ),
    );
    expect(called.sort()).toEqual(documented.sort());
  });

  it('encodes paths and queries, and leaves out what is undefined', async () => {
    const { client, requests } = clientOf();
    await client.listApplicationPlacements({
      name: '../a b',
      state: 'refused',
      limit: 5,
      cursor: undefined,
    });
    expect(requests[0].url).toBe(
      'http://portal/api/res-edge/v1/applications/..%2Fa%20b/placements?state=refused&limit=5',
    );
  });

  it('sends a body and a token', async () => {
    const { client, requests } = clientOf();
    await client.mergeChangeRequest(
      { id: 'imdb', digest: 'abc' },
      { token: 'secret' },
    );
    expect(requests[0].init).toMatchObject({
      method: 'POST',
      body: '{"digest":"abc"}',
      headers: {
        authorization: 'Bearer secret',
        'content-type': 'application/json',
      },
    });
  });

  it('sends conditions and patches, and reads what has no body', async () => {
    const { client, requests } = clientOf();
    const target = { kind: 'EdgeCluster' as const, name: 'x' };
    await client.patchEntity({
      ...target,
      patch: { spec: { owner: null } },
      ifMatch: '"7"',
    });
    expect(requests[0].init).toMatchObject({
      method: 'PATCH',
      body: '{"spec":{"owner":null}}',
      headers: {
        'content-type': 'application/merge-patch+json',
        'if-match': '"7"',
      },
    });
    const gone = clientOf({ status: 204 });
    await expect(gone.client.deleteEntity(target)).resolves.toBeUndefined();
  });

  it('throws an error with status, position and field', async () => {
    const { client } = clientOf({
      status: 400,
      body: {
        error: {
          name: 'InputError',
          message: 'unknown group "geo.uss"',
          position: 16,
          field: 'expression',
        },
      },
    });
    const error = await client
      .previewSelector({ selector: 'cluster.inGroup("geo.uss")' })
      .catch(caught => caught);
    expect(error).toBeInstanceOf(ResEdgeApiError);
    expect(error).toMatchObject({
      name: 'InputError',
      message: 'unknown group "geo.uss"',
      statusCode: 400,
      position: 16,
      field: 'expression',
    });
  });

  it.each(['<html>Bad gateway</html>', '{"error":"no"}', 'null', ''])(
    'throws an error for a body that is none of ours: %s',
    async body => {
      const { client } = clientOf({ status: 502, body });
      await expect(client.getFleet()).rejects.toMatchObject({
        statusCode: 502,
        message: expect.stringContaining('502'),
      });
    },
  );
});
