import { TestDatabases } from '@backstage/backend-test-utils';
import request from 'supertest';
import { createTestApi, TestApi, testPull } from '../__testUtils__';
import { ArtifactOptions } from '../readArtifactOptions';
import { PullOptions } from '../readPullOptions';
import { createTestFleet } from '../__testUtils__/createTestFleet';
import { createTestView } from '../__testUtils__/testFleet';
import { OperationOptions } from './operations';
import { bootstrapOperations } from './operations/bootstrapOperations';

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

  it('is from the repository of its environment, where it has one', async () => {
    const { app } = await createTestApi(await databases.init('SQLITE_3'), {
      ...testPull,
      environmentUrls: new Map([['us', 'ssh://git@git.example.com/us']]),
    });
    const { body } = await request(app).get(
      '/v1/clusters/tx-austin-1/bootstrap',
    );
    expect(body).toMatchObject({
      url: 'ssh://git@git.example.com/us',
      branch: 'delivery/us-1',
    });
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

describe('the bootstrap of a cluster that keeps to windows', () => {
  const WINDOW = {
    apiVersion: 'res-edge.io/v1alpha1',
    kind: 'EdgePolicy' as const,
    metadata: { name: 'nights' },
    spec: {
      type: 'window' as const,
      allow: [{ cron: '0 2 * * *', duration: '2h' }],
      onCluster: true,
    },
  };

  /** Of a fleet in which a namespace names this window. */
  async function ask(spec: object, pull: Partial<OperationOptions['pull']>) {
    const view = createTestView();
    const { decisions, snapshot } = view;
    const cluster = 'tx-austin-1';
    const number = snapshot.numberOf(cluster)!;
    const [name, namespace] = [...decisions.namespaces].find(([each]) =>
      view.plan.namespaces.get(each)?.has(number),
    )!;
    const { entity } = namespace;
    const naming = {
      ...namespace,
      entity: { ...entity, spec: { ...entity.spec, policies: ['nights'] } },
    };
    const window = { ...WINDOW, spec: { ...WINDOW.spec, ...spec } };
    const fleet = createTestFleet(
      {},
      {
        ...view,
        decisions: {
          ...decisions,
          namespaces: new Map([...decisions.namespaces, [name, naming]]),
          policies: new Map([...decisions.policies, ['nights', window]]),
        },
      },
    );
    const { getClusterBootstrap } = bootstrapOperations({
      pull: { ...testPull, ...pull },
    } as OperationOptions);
    const found = await getClusterBootstrap({
      ...{ path: { name: cluster }, query: {} },
      access: { fleet: () => fleet },
    } as never);
    return {
      problems: found.problems,
      url: found.url,
      maintenance: found.files.find(file => file.name === 'maintenance.yaml'),
    };
  }

  const image = { maintenanceImage: 'registry.example.com/kubectl:1' };

  it('has what keeps them', async () => {
    const { maintenance, problems } = await ask({}, image);
    expect(maintenance!.content).toContain('schedule: "*/10 2-3 * * *"');
    expect(problems).toBeUndefined();
    expect(await ask({ onCluster: false }, image)).toEqual({
      url: testPull.url,
    });
  });

  it('reads the repository of its shard, where each has one', async () => {
    const url = 'https://git.example.com/fleet/{shard}';
    expect((await ask({}, { url })).url).toBe(
      'https://git.example.com/fleet/us-1',
    );
  });

  it('says what it cannot keep', async () => {
    const { maintenance, problems } = await ask({}, {});
    expect(maintenance).toBeUndefined();
    expect(problems).toEqual([
      expect.objectContaining({
        entity: 'edgepolicy:default/nights',
        message: expect.stringContaining('resEdge.delivery.maintenanceImage'),
      }),
    ]);
    const allow = [{ cron: '0 2 1 * *', duration: '2h' }];
    expect((await ask({ allow }, image)).problems).toEqual([
      expect.objectContaining({ field: 'spec.allow[0]' }),
    ]);
  });
});
