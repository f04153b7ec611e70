import {
  mockCredentials,
  mockErrorHandler,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import { openapiDocument } from '@res-edge/backstage-plugin-res-edge-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import express from 'express';
import request from 'supertest';
import {
  DatabaseApprovalStore,
  DatabaseAuditLog,
  DatabaseChangeRequestStore,
  DatabasePlanStore,
  openDatabase,
} from '../database';
import {
  createTestApprovals,
  createTestRollouts,
  createTestInventory,
  createTestStatus,
  createTestView,
  TestCall,
  testCalls,
  testChangeRequest,
  testDrift,
  testGuard,
  testLimits,
  testForeseenRollout,
  testOutlook,
  testPull,
  testPlan,
  TestPolicy,
} from '../__testUtils__';
import { createRouter } from './createRouter';
import { Fleet } from './FleetView';
import { InventoryWriter } from './InventoryWriter';
import { toChangeRequest } from './operations';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

describe('createRouter', () => {
  const view = createTestView();
  const policy = new TestPolicy();
  const auditor = mockServices.auditor.mock();
  const auditEvent = { success: jest.fn(), fail: jest.fn() };
  const inventorySync = { sync: jest.fn() };
  const fleet = {
    view: jest.fn(),
    deliveryStatus: jest.fn(),
    whatIf: jest.fn(),
    requestRun: jest.fn(),
    mergeChangeRequest: jest.fn(),
    changeRequestFiles: jest.fn(),
    listDrift: jest.fn(),
    getDrift: jest.fn(),
    settleDrift: jest.fn(),
    listGuards: jest.fn(),
    signOffGuard: jest.fn(),
    commandRollout: jest.fn(),
    simulateRollout: jest.fn(),
    contentWorld: jest.fn(),
  } satisfies Fleet;
  let app: express.Express;

  beforeEach(async () => {
    jest.resetAllMocks();
    policy.reset();
    auditor.createEvent.mockResolvedValue(auditEvent);
    inventorySync.sync.mockResolvedValue({});
    fleet.view.mockReturnValue(view);
    fleet.deliveryStatus.mockReturnValue({
      shards: 1,
      clusters: 1,
      state: 'delivered',
      deliveredAt: '2026-11-20T12:00:00.000Z',
    });
    fleet.requestRun.mockResolvedValue(undefined);
    fleet.whatIf.mockResolvedValue(testOutlook(view));
    fleet.simulateRollout.mockImplementation(async ({ application }) =>
      testForeseenRollout(application),
    );
    fleet.listDrift.mockResolvedValue([testDrift]);
    fleet.listGuards.mockReturnValue([testGuard]);
    fleet.getDrift.mockResolvedValue({ ...testDrift, files: [] });
    fleet.changeRequestFiles.mockResolvedValue([
      { path: 'apps/imdb/release.yaml', status: 'changed', patch: '@@' },
    ]);
  });

  beforeAll(async () => {
    const knex = await openDatabase(
      mockServices.database({
        knex: await databases.init('SQLITE_3'),
        migrations: { skip: false },
      }),
    );
    const plans = DatabasePlanStore.create({ knex });
    const changeRequests = DatabaseChangeRequestStore.create({ knex });
    await plans.save(testPlan);
    await changeRequests.upsert(testChangeRequest);

    const inventory = await createTestInventory(knex);

    app = express();
    app.use(
      createRouter({
        fleet,
        status: createTestStatus(),
        plans,
        changeRequests,
        rollouts: createTestRollouts(),
        approvals: createTestApprovals(DatabaseApprovalStore.create({ knex })),
        inventory,
        audit: DatabaseAuditLog.create({ knex }),
        sources: { put: async () => '0'.repeat(64) },
        writer: InventoryWriter.create({ inventory, onWrite: jest.fn() }),
        catalog: catalogServiceMock(),
        limits: testLimits,
        pull: testPull,
        inventorySync,
        logger: mockServices.logger.mock(),
        httpAuth: mockServices.httpAuth(),
        accessFactory: policy.accessFactory(fleet),
        auditor,
        // An answer that breaks the document becomes a 500.
        validateResponses: true,
      }),
    );
    app.use(mockErrorHandler());
  });

  function call({ method, url, body, contentType }: TestCall) {
    const sent = request(app)[method ?? 'get'](url);
    return body
      ? sent.type(contentType ?? 'application/json').send(body)
      : sent;
  }

  const operations = new Map(
    Object.values(openapiDocument.paths)
      .flatMap(methods => Object.values(methods))
      .map(operation => [operation.operationId, operation]),
  );

  it('has every operation in the tables below', () => {
    expect(testCalls.map(({ id }) => id).sort()).toEqual(
      [...operations.keys()].sort(),
    );
  });

  it.each(testCalls)('answers $id', async operation => {
    fleet.mergeChangeRequest.mockResolvedValue(
      toChangeRequest({ ...testChangeRequest, state: 'merged' }, []),
    );
    const response = await call(operation);
    expect(response.body).not.toHaveProperty('error');
    expect(response.status).toBe(operation.status ?? 200);
    expect(policy.asked).toEqual(
      expect.arrayContaining(
        operations.get(operation.id)?.['x-permission'] ?? [],
      ),
    );
  });

  it.each(testCalls)('refuses $id without its permission', async operation => {
    policy.deny();
    const response = await call(operation);
    expect(response.status).toBe(403);
    expect(response.body.error.name).toBe('NotAllowedError');
    expect(fleet.mergeChangeRequest).not.toHaveBeenCalled();
    expect(fleet.settleDrift).not.toHaveBeenCalled();
    expect(fleet.signOffGuard).not.toHaveBeenCalled();
    expect(fleet.requestRun).not.toHaveBeenCalled();
  });

  it.each(testCalls)('refuses $id without credentials', async operation => {
    const response = await call(operation).set(
      'authorization',
      mockCredentials.none.header(),
    );
    expect(response.status).toBe(401);
  });

  it('says when to come again before the first run', async () => {
    fleet.view.mockReturnValue(undefined);
    const response = await request(app).get('/v1/fleet');
    expect(response.status).toBe(503);
    expect(response.headers['retry-after']).toBe('5');
    // What needs no view works.
    await request(app).get('/v1/plans').expect(200);
    await request(app).get('/v1/change-requests').expect(200);
    await request(app).post('/v1/plans/run').expect(202);
  });

  it.each([
    ['/v1/entities?kind=EdgeStore', 'kind'],
    ['/v1/entities?limit=0', 'limit'],
    ['/v1/entities?limit=many', 'limit'],
    ['/v1/entities?colour=red', 'colour'],
    ['/v1/entities?cursor=nonsense', 'cursor'],
    ['/v1/entities?group=mars', 'group'],
    ['/v1/entities?group=geo&kind=EdgeGroup', 'group'],
    ['/v1/entities?filter=colour', 'filter'],
    ['/v1/entities?sort=colour', 'sort'],
    ['/v1/entities?selector=%2Fg%2Fmars', 'selector'],
    ['/v1/entities/counts?by=colour', 'by'],
    ['/v1/entities/counts', 'by'],
    ['/v1/entities/EdgeStore/x', 'kind'],
    ['/v1/problems?cursor=W10', 'cursor'],
    ['/v1/plans?cursor=W10', 'cursor'],
    ['/v1/change-requests?cursor=W10', 'cursor'],
    ['/v1/change-requests?state=lost', 'state'],
    ['/v1/applications/imdb/placements?state=waiting', 'state'],
    ['/v1/explain?application=imdb', 'cluster'],
  ])('refuses %s with 400, and names the parameter', async (url, name) => {
    const response = await request(app).get(url);
    expect(response.status).toBe(400);
    expect(response.body.error.message).toContain(name);
  });

  it.each([
    '/v1/entities/EdgeCluster/mars-1',
    '/v1/entities/EdgeCluster/__proto__',
    '/v1/groups/mars',
    '/v1/groups/constructor',
    '/v1/clusters/mars-1/placements',
    '/v1/applications/mars/placements',
    '/v1/namespaces/mars/reach',
    '/v1/explain?application=mars&cluster=tx-austin-1',
    '/v1/explain?application=imdb&cluster=mars-1',
    '/v1/plans/mars',
    '/v1/change-requests/mars',
    '/v1/entities/EdgeCluster/..%2F..%2Fetc',
  ])('answers 404 for %s', async url => {
    const response = await request(app).get(url);
    expect(response.status).toBe(404);
    expect(response.body.error.name).toBe('NotFoundError');
  });

  it('runs a plan: reads the catalog, then asks the automation', async () => {
    await request(app).post('/v1/plans/run').expect(202, { requested: true });
    expect(inventorySync.sync).toHaveBeenCalledTimes(1);
    expect(fleet.requestRun).toHaveBeenCalledWith(
      'request of user:default/mock',
      'user:default/mock',
    );
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({ eventId: 'plan-run', severityLevel: 'low' }),
    );
    expect(auditEvent.success).toHaveBeenCalledTimes(1);

    inventorySync.sync.mockRejectedValue(new ConflictError('reads empty'));
    await request(app).post('/v1/plans/run').expect(409);
    expect(auditEvent.fail).toHaveBeenCalledTimes(1);
  });

  it('merges what was read, and audits who did', async () => {
    fleet.mergeChangeRequest.mockResolvedValue(
      toChangeRequest({ ...testChangeRequest, state: 'merged' }, []),
    );
    const response = await request(app)
      .post('/v1/change-requests/imdb/merge')
      .send({ digest: 'd1' });
    expect(response.body).toMatchObject({ state: 'merged', mergeable: false });
    expect(fleet.mergeChangeRequest).toHaveBeenCalledWith(
      'imdb',
      'd1',
      'user:default/mock',
    );
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'change-request-merge',
        severityLevel: 'high',
        meta: { id: 'imdb' },
        request: expect.anything(),
      }),
    );
    expect(auditEvent.success).toHaveBeenCalledTimes(1);
    expect(auditEvent.fail).not.toHaveBeenCalled();
  });

  it('answers 409 where the decision is another one, and audits that', async () => {
    const error = new ConflictError('asks for another decision by now');
    fleet.mergeChangeRequest.mockRejectedValue(error);
    const response = await request(app)
      .post('/v1/change-requests/imdb/merge')
      .send({ digest: 'd0' });
    expect(response.status).toBe(409);
    expect(response.body.error.message).toContain('another decision');
    expect(auditEvent.fail).toHaveBeenCalledWith({ error });

    await request(app)
      .post('/v1/change-requests/imdb/merge')
      .send({})
      .expect(400);
  });

  it('audits a merge that is not allowed', async () => {
    policy.deny();
    await request(app)
      .post('/v1/change-requests/imdb/merge')
      .send({ digest: 'd1' })
      .expect(403);
    expect(auditEvent.fail).toHaveBeenCalledWith({
      error: expect.objectContaining({ name: 'NotAllowedError' }),
    });
  });

  it('shows a change request with its plan and files', async () => {
    const { body } = await request(app).get('/v1/change-requests/imdb');
    const { inventoryRevision, ...shown } = testPlan;
    expect(body).toMatchObject({
      id: 'imdb',
      mergeable: false,
      approvals: [{ policy: 'two-people', open: 0 }],
      description: 'From 1.0.0',
      plan: shown,
      files: [{ path: 'apps/imdb/release.yaml' }],
    });
    expect(body).not.toHaveProperty('planId');
  });

  it('takes calls of services', async () => {
    await request(app)
      .post('/v1/plans/run')
      .set('authorization', mockCredentials.service.header())
      .expect(202);
    expect(fleet.requestRun).toHaveBeenCalledWith(
      expect.anything(),
      'external:test-service',
    );
  });
});
