import { TestDatabases } from '@backstage/backend-test-utils';
import request from 'supertest';
import { createTestApi, TestApi, testPull } from '../__testUtils__';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

describe('the bootstrap of a cluster, by the API', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await createTestApi(await databases.init('SQLITE_3'));
  });

  const ask = (cluster: string, query = '') =>
    request(api.app).get(`/v1/clusters/${cluster}/bootstrap${query}`);

  it('is for the engine that the cluster has, from its shard', async () => {
    const { status, body } = await ask('tx-austin-1');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      cluster: 'tx-austin-1',
      engine: 'flux',
      url: testPull.url,
      branch: 'delivery/us-1',
    });
    const names = body.files.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(['res-edge.yaml', 'arc.sh']));
    const { content } = body.files[names.indexOf('res-edge.yaml')];
    expect(content).toContain('path: "./clusters/tx-austin-1"\n');
    expect(content).toContain('branch: delivery/us-1\n');
  });

  it('is for another engine where that is asked for', async () => {
    const { body } = await ask('tx-austin-1', '?engine=argocd');
    expect(body.engine).toBe('argocd');
    expect(body.files[0].name).toBe('argocd-cm.yaml');
    expect((await ask('tx-austin-1', '?engine=fleet')).status).toBe(400);
  });

  it('is not there for what is not registered, and not yet for what has no shard', async () => {
    expect((await ask('nowhere')).status).toBe(404);
    const { status, body } = await ask('fr-paris-1');
    expect(status).toBe(409);
    expect(body.error.message).toContain('has no shard yet');
  });

  it('shows what is missing where nobody said from where clusters pull', async () => {
    const blind = await createTestApi(await databases.init('SQLITE_3'), {
      engine: 'flux',
    });
    const { status, body } = await request(blind.app).get(
      '/v1/clusters/tx-austin-1/bootstrap',
    );
    expect(status).toBe(409);
    expect(body.error.message).toContain('resEdge.delivery.url');
  });
});
