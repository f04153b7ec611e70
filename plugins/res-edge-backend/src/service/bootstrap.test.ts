import { TestDatabases } from '@backstage/backend-test-utils';
import request from 'supertest';
import { createTestApi, TestApi, testPull } from '../__testUtils__';
import { ArtifactOptions } from '../readArtifactOptions';
import { PullOptions } from '../readPullOptions';

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

  it('lets the cluster follow an artifact where there are some, or that is asked for', async () => {
    expect((await ask('tx-austin-1', '?transport=oci')).status).toBe(409);
    const artifacts: ArtifactOptions = {
      ...{ address: { host: 'registry', path: 'fleet' }, per: 'cluster' },
      ...{ pullUrl: 'oci://mirror.example.com/fleet', secret: 'registry' },
      credentials: { username: 'me', password: 'not-to-be-seen' },
      ...{ insecure: false, allowedHosts: [], concurrency: 1 },
    };
    const pull: PullOptions = { ...testPull, artifacts, transport: 'oci' };
    const at = async (options: PullOptions, query = '') => {
      const { app } = await createTestApi(
        await databases.init('SQLITE_3'),
        options,
      );
      const path = `/v1/clusters/tx-austin-1/bootstrap${query}`;
      return (await request(app).get(path)).body;
    };
    const body = await at(pull);
    expect(body).toMatchObject({
      transport: 'oci',
      url: 'oci://mirror.example.com/fleet/clusters/tx-austin-1',
      tag: 'latest',
      secret: 'registry',
    });
    expect(JSON.stringify(body)).toContain('kind: OCIRepository');
    expect(JSON.stringify(body)).not.toContain('not-to-be-seen');
    expect((await at(pull, '?transport=git')).url).toBe(testPull.url);
    const perShard = { ...artifacts, per: 'shard' as const };
    expect((await at({ ...pull, artifacts: perShard })).url).toBe(
      'oci://mirror.example.com/fleet/shards/us-1',
    );
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
      transport: 'git',
    });
    const { status, body } = await request(blind.app).get(
      '/v1/clusters/tx-austin-1/bootstrap',
    );
    expect(status).toBe(409);
    expect(body.error.message).toContain('resEdge.delivery.url');
  });
});
