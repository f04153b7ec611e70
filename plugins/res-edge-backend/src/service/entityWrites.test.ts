import { TestDatabases } from '@backstage/backend-test-utils';
import request from 'supertest';
import { clusterOf, createTestApi, TestApi } from '../__testUtils__';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const PATCH = 'application/merge-patch+json';
const URL = '/v1/entities/EdgeCluster';

describe('writes of entities', () => {
  let api: TestApi;

  beforeEach(async () => {
    api = await createTestApi(await databases.init('SQLITE_3'));
  });

  it('creates once: again it is no change, and another one is a conflict', async () => {
    const created = await request(api.app)
      .post('/v1/entities')
      .set('x-request-id', 'r-1')
      .send(clusterOf('a'));
    expect(created.status).toBe(201);
    expect(created.headers.location).toBe(
      '/api/res-edge/v1/entities/EdgeCluster/a',
    );
    expect(created.headers.etag).toBe('"3"');
    expect(created.body).toEqual({
      entity: clusterOf('a'),
      origin: { type: 'api' },
      etag: '"3"',
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    expect(api.onWrite).toHaveBeenCalledTimes(1);

    const again = await request(api.app)
      .post('/v1/entities')
      .send(clusterOf('a'));
    expect(again.status).toBe(200);
    expect(again.headers.etag).toBe('"3"');
    const other = await request(api.app)
      .post('/v1/entities')
      .send(clusterOf('a', { owner: 'b' }));
    expect(other.status).toBe(409);
    expect(api.onWrite).toHaveBeenCalledTimes(1);
    expect(api.auditEvent.success).toHaveBeenCalledTimes(2);
    expect(api.auditEvent.fail).toHaveBeenCalledTimes(1);

    const { items } = await api.audit.list({ name: 'a' }, { limit: 10 });
    expect(items).toMatchObject([
      {
        actor: 'user:default/mock',
        request: 'r-1',
        operation: 'create',
        after: clusterOf('a'),
      },
    ]);
  });

  it('reads what was written, unless the caller has it', async () => {
    await request(api.app)
      .post('/v1/entities')
      .send(clusterOf('a'))
      .expect(201);
    const read = await request(api.app).get(`${URL}/a`).expect(200);
    expect(read.body).toMatchObject({ entity: clusterOf('a'), problems: [] });
    expect(read.headers.etag).toBe('"3"');
    const same = await request(api.app)
      .get(`${URL}/a`)
      .set('if-none-match', read.headers.etag);
    expect(same.status).toBe(304);
    expect(same.text).toBe('');
    const problems = await request(api.app)
      .get(`${URL}/fr-paris-1`)
      .expect(200);
    expect(problems.body).toMatchObject({
      origin: {
        type: 'catalog',
        location: 'url:https://example.org/fleet.yaml',
      },
      problems: [{ field: 'spec.groups[1]' }],
    });
    await request(api.app).get(`${URL}/FR-Paris-1`).expect(404);
  });

  it('replaces, patches and deletes what was read', async () => {
    const put = (entity: object, headers: Record<string, string> = {}) =>
      request(api.app).put(`${URL}/a`).set(headers).send(entity);
    await put(clusterOf('a'), { 'if-none-match': '*' }).expect(201);
    const refused = await put(clusterOf('a'), { 'if-none-match': '*' });
    expect(refused.status).toBe(412);
    expect(refused.body.error).toMatchObject({
      name: 'PreconditionFailedError',
      etag: '"3"',
    });
    const replaced = await put(clusterOf('a', { owner: 'ops' }), {
      'if-match': '"3"',
    }).expect(200);
    expect(replaced.body.etag).toBe('"4"');
    await put(clusterOf('a'), { 'if-match': '"3"' }).expect(412);

    const patched = await request(api.app)
      .patch(`${URL}/a`)
      .type(PATCH)
      .set('if-match', '"4"')
      .send({ spec: { owner: null, state: 'draining' } });
    expect(patched.status).toBe(200);
    expect(patched.body.entity.spec).toEqual({ state: 'draining' });
    await request(api.app)
      .patch(`${URL}/a`)
      .type('application/json')
      .send({})
      .expect(400);

    await request(api.app)
      .delete(`${URL}/a`)
      .set('if-match', '"4"')
      .expect(412);
    await request(api.app)
      .delete(`${URL}/a`)
      .set('if-match', '"5"')
      .expect(204);
    await request(api.app).delete(`${URL}/a`).expect(404);
    await request(api.app).get(`${URL}/a`).expect(404);
  });

  it('says where to change what originates elsewhere', async () => {
    const response = await request(api.app)
      .patch(`${URL}/tx-austin-1`)
      .type(PATCH)
      .send({ spec: { state: 'draining' } });
    expect(response.status).toBe(409);
    expect(response.body.error.message).toBe(
      "EdgeCluster 'tx-austin-1' is registered in the catalog at url:https://example.org/fleet.yaml: change it there",
    );
  });

  it.each([
    [clusterOf('a', { state: 'lost' }), '/spec/state'],
    [clusterOf('a', { groups: ['x', 5] }), '/spec/groups/1'],
    [{ ...clusterOf('a'), apiVersion: 'v1' }, '/apiVersion'],
    [clusterOf('A b'), '/metadata/name'],
  ])('points at what is wrong with %j', async (entity, pointer) => {
    const response = await request(api.app).post('/v1/entities').send(entity);
    expect(response.status).toBe(400);
    expect(response.body.error.details).toEqual([
      { pointer, message: expect.any(String) },
    ]);
    expect(api.onWrite).not.toHaveBeenCalled();
  });

  it.each([
    ['put', `${URL}/b`, clusterOf('a')],
    ['put', '/v1/entities/EdgeGroup/a', clusterOf('a')],
    ['put', '/v1/entities/EdgeStore/a', clusterOf('a')],
    ['post', '/v1/entities', []],
    ['post', '/v1/entities', { kind: 'EdgeCluster' }],
    ['post', '/v1/entities', { ...clusterOf('a'), metadata: { name: 5 } }],
    ['post', '/v1/entities:batch', {}],
    ['post', '/v1/entities:batch', { mutations: [{ action: 'steal' }] }],
    ['post', '/v1/entities:batch', { mutations: [{ action: 'delete' }] }],
    ['post', '/v1/entities:batch?atomic=maybe', { mutations: [] }],
  ] as const)('refuses %s %s with %j', async (method, url, body) => {
    const response = await request(api.app)[method](url).send(body);
    expect(response.status).toBe(400);
    await expect(api.inventory.revision()).resolves.toBe(2);
  });
});
