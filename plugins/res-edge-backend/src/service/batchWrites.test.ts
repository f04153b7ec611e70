import { TestDatabases } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import request from 'supertest';
import { clusterOf, createTestApi, TestApi } from '../__testUtils__';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const LINES = 'application/x-ndjson';
const URL = '/v1/entities/EdgeCluster';

describe('writes of many entities', () => {
  let api: TestApi;

  beforeEach(async () => {
    api = await createTestApi(await databases.init('SQLITE_3'));
  });

  it('writes a batch with a result for each, all or nothing where asked', async () => {
    const mutations = [
      { action: 'create', entity: clusterOf('a') },
      { action: 'apply', entity: clusterOf('b', { state: 'lost' }) },
      { action: 'delete', kind: 'EdgeCluster', name: 'from-api-1' },
      { action: 'delete', kind: 'EdgeCluster', name: 'tx-austin-1' },
      {
        action: 'patch',
        kind: 'EdgeCluster',
        name: 'from-api-2',
        patch: { spec: {} },
        ifMatch: '"1"',
      },
    ];
    const counts = {
      created: 1,
      updated: 0,
      deleted: 1,
      unchanged: 0,
      failed: 3,
    };
    const atomic = await request(api.app)
      .post('/v1/entities:batch?atomic=true')
      .send({ mutations })
      .expect(200);
    expect(atomic.body).toMatchObject({ revision: 2, applied: false, counts });
    await request(api.app).get(`${URL}/a`).expect(404);

    const written = await request(api.app)
      .post('/v1/entities:batch')
      .send({ mutations })
      .expect(200);
    expect(written.body).toMatchObject({
      revision: 3,
      applied: true,
      counts,
      results: [
        { index: 0, name: 'a', status: 'created', etag: '"3"' },
        {
          index: 1,
          status: 'failed',
          error: {
            name: 'InputError',
            details: [{ pointer: '/entity/spec/state' }],
          },
        },
        { index: 2, status: 'deleted' },
        { index: 3, status: 'failed', error: { name: 'ConflictError' } },
        {
          index: 4,
          status: 'failed',
          error: { name: 'PreconditionFailedError', etag: '"2"' },
        },
      ],
    });
    expect(api.onWrite).toHaveBeenCalledTimes(1);
  });

  it('streams lines both ways', async () => {
    const entities = Array.from({ length: 3000 }, (_, index) =>
      clusterOf(`store-${index}`),
    );
    const response = await request(api.app)
      .post('/v1/entities:batch?atomic=true')
      .type(LINES)
      .accept(LINES)
      .buffer(true)
      .parse((incoming, done) => {
        let text = '';
        incoming.setEncoding('utf8');
        incoming.on('data', chunk => (text += chunk));
        incoming.on('end', () => done(null, text));
      })
      .send(
        entities
          .map(entity => JSON.stringify({ action: 'create', entity }))
          .join('\n'),
      );
    expect(response.status).toBe(200);
    expect(response.headers['content-type']).toContain(LINES);
    const lines = String(response.body).trim().split('\n');
    expect(lines).toHaveLength(3001);
    expect(JSON.parse(lines[2999])).toMatchObject({
      index: 2999,
      name: 'store-2999',
      status: 'created',
    });
    expect(JSON.parse(lines[3000])).toMatchObject({
      summary: { revision: 3, applied: true, counts: { created: 3000 } },
    });
  });

  it.each([
    ['{"action":"delete"}\n{', 400, 'Line 2'],
    ['[1]', 400, 'mutations[0]'],
    [Buffer.from([0xff, 0xfe]), 400, 'UTF-8'],
    ['{}\n'.repeat(5_001), 413, '5000 lines'],
    [' '.repeat(2_000_001), 413, '2000000 bytes'],
  ])('refuses lines that are none (%#)', async (body, status, message) => {
    const response = await request(api.app)
      .post('/v1/entities:batch')
      .type(LINES)
      .send(body);
    expect(response.status).toBe(status);
    expect(response.body.error.message).toContain(message);
    await expect(api.inventory.revision()).resolves.toBe(2);
  });

  it('refuses bodies that are too large', async () => {
    const large = await request(api.app)
      .post('/v1/entities')
      .send({ ...clusterOf('a'), more: 'x'.repeat(200_000) });
    expect(large.status).toBe(413);
    const mutations = Array.from({ length: 5_001 }, () => ({
      action: 'delete',
      kind: 'EdgeCluster',
      name: 'a',
    }));
    const many = await request(api.app)
      .post('/v1/entities:batch')
      .send({ mutations });
    expect(many.status).toBe(413);
  });

  it('asks the policy about each record, before and after', async () => {
    api.policy.decide = ({ name }) =>
      name === 'res-edge.cluster.delete'
        ? { result: AuthorizeResult.DENY }
        : { result: AuthorizeResult.ALLOW };
    await request(api.app).delete(`${URL}/from-api-1`).expect(403);
    const { body } = await request(api.app)
      .post('/v1/entities:batch')
      .send({
        mutations: [
          { action: 'delete', kind: 'EdgeCluster', name: 'from-api-1' },
          { action: 'create', entity: clusterOf('a') },
        ],
      })
      .expect(200);
    expect(body.results).toMatchObject([
      { status: 'failed', error: { name: 'NotAllowedError' } },
      { status: 'created' },
    ]);
    expect(api.auditEvent.fail).toHaveBeenCalledTimes(1);
  });
});
