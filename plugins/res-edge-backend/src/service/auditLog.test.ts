import { TestDatabases } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  RESOURCE_TYPE_RES_EDGE_ENTITY,
  AuditPage,
  ChangePage,
} from '@res-edge/backstage-plugin-res-edge-common';
import { edgeEntityConditions as conditions } from '@res-edge/backstage-plugin-res-edge-node';
import request from 'supertest';
import {
  clusterOf,
  createTestApi,
  TestApi,
  testChangeRequest,
} from '../__testUtils__';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const MINE = `actor=${encodeURIComponent('user:default/mock')}`;

const texas = (name: string) => ({
  ...clusterOf(name),
  spec: { groups: ['geo.us.tx'] },
});

describe('who changed what', () => {
  let api: TestApi;

  beforeEach(async () => {
    api = await createTestApi(await databases.init('SQLITE_3'));
  });

  async function get<T>(url: string): Promise<T> {
    const { body, status } = await request(api.app).get(url);
    expect([status, body.error]).toEqual([200, undefined]);
    return body;
  }

  const create = (entity: object) =>
    request(api.app).post('/v1/entities').send(entity).expect(201);

  const put = (entity: ReturnType<typeof clusterOf>) =>
    request(api.app)
      .put(`/v1/entities/EdgeCluster/${entity.metadata.name}`)
      .send(entity)
      .expect(200);

  /** Somebody who sees Texas alone. */
  function inTexas() {
    api.policy.decide = ({ name }) =>
      name.startsWith('res-edge.cluster.')
        ? {
            result: AuthorizeResult.CONDITIONAL,
            pluginId: 'res-edge',
            resourceType: RESOURCE_TYPE_RES_EDGE_ENTITY,
            conditions: conditions.inGroup({ groups: ['geo.us.tx'] }),
          }
        : { result: AuthorizeResult.ALLOW };
  }

  it('is read by entity, actor, operation and time, page by page', async () => {
    await create(clusterOf('a'));
    await put({ ...clusterOf('a'), spec: { owner: 'group:default/b' } });
    await create(clusterOf('c'));
    const all = await get<AuditPage>(`/v1/audit?${MINE}`);
    expect(all.items.map(({ name, operation }) => [name, operation])).toEqual([
      ['c', 'create'],
      ['a', 'apply'],
      ['a', 'create'],
    ]);
    expect(all.items[1]).toMatchObject({
      actor: 'user:default/mock',
      request: expect.any(String),
      origin: 'api',
      revision: 4,
      kind: 'EdgeCluster',
      before: clusterOf('a'),
      after: { spec: { owner: 'group:default/b' } },
    });
    const first = await get<AuditPage>('/v1/audit?limit=2');
    const second = await get<AuditPage>(
      `/v1/audit?limit=2&cursor=${first.nextCursor}`,
    );
    expect(first.items).toEqual(all.items.slice(0, 2));
    expect(second.items[0]).toEqual(all.items[2]);
    const { at } = all.items[0];
    const count = async (query: string) =>
      (await get<AuditPage>(`/v1/audit?${MINE}&${query}`)).items.length;
    await expect(count('kind=EdgeCluster&name=a')).resolves.toBe(2);
    await expect(count('operation=apply')).resolves.toBe(1);
    await expect(
      count(`from=${encodeURIComponent('2999-01-01T00:00:00+01:00')}`),
    ).resolves.toBe(0);
    await expect(
      count(`to=${encodeURIComponent(at.replace('Z', '+00:00'))}`),
    ).resolves.toBeLessThan(3);
    await request(api.app).get('/v1/audit?from=yesterday').expect(400);
  });

  it('has what people said to a change request', async () => {
    await api.changeRequests.upsert(testChangeRequest);
    const said = { digest: 'd1', reason: 'Tills are down' };
    const say = (word: string) =>
      request(api.app)
        .post(`/v1/change-requests/imdb/${word}`)
        .send(said)
        .expect(200);
    await say('approve');
    await say('refuse');
    await say('break-glass');
    const { items } = await get<AuditPage>('/v1/audit?limit=3');
    expect(items.map(({ operation }) => operation)).toEqual([
      'break-glass',
      'refuse',
      'approve',
    ]);
    for (const item of items)
      expect(item).toMatchObject({
        ...{ kind: 'EdgeApplication', name: 'imdb' },
        after: { changeRequest: 'imdb', reason: 'Tills are down' },
      });
  });

  it('has decisions that are no writes, too', async () => {
    await request(api.app).post('/v1/plans/run').expect(202);
    await request(api.app)
      .post('/v1/drift/EdgeApplication/imdb/adopt')
      .send({ digest: 'd1', reason: 'It works' })
      .expect(200);
    await request(api.app)
      .post('/v1/guards/g1/sign-off')
      .send({ reason: 'The stores close' })
      .expect(200);
    const { items } = await get<AuditPage>('/v1/audit?limit=3');
    expect(items).toMatchObject([
      {
        operation: 'sign-off',
        kind: 'Guard',
        name: 'g1',
        before: { state: 'waiting' },
        after: { state: 'signed off', reason: 'The stores close' },
      },
      {
        operation: 'adopt',
        kind: 'EdgeApplication',
        name: 'imdb',
        after: { state: 'adopted', digest: 'd1', reason: 'It works' },
      },
      { operation: 'run', kind: 'Plan' },
    ]);
    for (const { actor, request: id } of items)
      expect([actor, id]).toEqual(['user:default/mock', expect.any(String)]);
  });

  it('has nothing of what the caller may not see, before or afterwards', async () => {
    await create(clusterOf('hidden'));
    await create(texas('seen'));
    await create(clusterOf('comes'));
    await put(texas('comes'));
    await create(texas('goes'));
    await put({ ...clusterOf('goes'), spec: { owner: 'group:default/b' } });
    await request(api.app)
      .post('/v1/guards/g1/sign-off')
      .send({ reason: 'The stores close' })
      .expect(200);
    inTexas();
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await get<AuditPage>(
        `/v1/audit?kind=EdgeCluster&limit=1${
          cursor ? `&cursor=${cursor}` : ''
        }`,
      );
      names.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor);
    expect(names.slice(0, 2)).toEqual(['goes', 'seen']);
    expect(names.slice(2).sort()).toEqual([
      'tx-austin-1',
      'tx-austin-2',
      'us-old-1',
    ]);
    const guards = await get<AuditPage>('/v1/audit?kind=Guard');
    expect(guards.items).toEqual([]);
  });

  it('tells followers what changed since a revision, as each of them sees it', async () => {
    const { revision } = await get<ChangePage>('/v1/changes');
    await create(clusterOf('hidden'));
    await create(texas('seen'));
    await create(clusterOf('comes'));
    await put(texas('comes'));
    await create(texas('goes'));
    await put({ ...clusterOf('goes'), spec: { owner: 'group:default/b' } });
    const all = await get<ChangePage>(`/v1/changes?since=${revision}`);
    expect(all.revision).toBe(revision + 6);
    expect(all.changes[0]).toEqual({
      revision: revision + 1,
      action: 'created',
      kind: 'EdgeCluster',
      name: 'hidden',
    });
    const read: ChangePage['changes'] = [];
    let next: string | undefined;
    do {
      const page = await get<ChangePage>(
        `/v1/changes?since=${revision}&limit=2${next ? `&cursor=${next}` : ''}`,
      );
      read.push(...page.changes);
      next = page.nextCursor;
    } while (next);
    expect(read).toEqual(all.changes);
    inTexas();
    const seen = await get<ChangePage>(`/v1/changes?since=${revision}`);
    expect(seen.changes.map(({ name, action }) => [name, action])).toEqual([
      ['seen', 'created'],
      ['comes', 'created'],
      ['goes', 'created'],
      ['goes', 'deleted'],
    ]);
  });

  it('waits for a change, and not for longer than asked', async () => {
    const { revision } = await get<ChangePage>('/v1/changes');
    const waiting = get<ChangePage>(`/v1/changes?since=${revision}&wait=30`);
    await create(clusterOf('a'));
    await expect(waiting).resolves.toMatchObject({
      revision: revision + 1,
      changes: [{ name: 'a' }],
    });
    await expect(
      get(`/v1/changes?since=${revision + 1}&wait=1`),
    ).resolves.toEqual({ revision: revision + 1, changes: [] });
  });

  it('says where changes are not kept any more', async () => {
    await create(clusterOf('a'));
    await api.audit.prune(new Date(Date.now() + 1000));
    const { status, body } = await request(api.app).get('/v1/changes?since=1');
    expect([status, body.error.name]).toEqual([410, 'GoneError']);
  });
});
