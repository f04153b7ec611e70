import { execFile } from 'node:child_process';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import {
  createMockDirectory,
  mockCredentials,
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import resEdgePlugin from '@res-edge/backstage-plugin-res-edge-backend';
import request from 'supertest';

const RESEDGE = path.resolve(__dirname, '../../cli/bin/resedge');

const entity = (
  kind: string,
  name: string,
  spec: object,
  labels: Record<string, string> = {},
) => ({
  apiVersion: 'res-edge.io/v1alpha1',
  kind,
  metadata: {
    name,
    labels,
    annotations: { 'backstage.io/managed-by-location': 'url:https://x/a.yaml' },
  },
  spec,
});

const ENTITIES = [
  entity('EdgeGroup', 'geo', { type: 'geography' }),
  entity('EdgeGroup', 'tx', { parent: 'geo' }),
  entity('EdgeCluster', 'tx-1', { groups: ['tx'], environment: 'prod' }),
  entity('EdgeCluster', 'tx-2', { groups: ['tx'] }, { ring: 'beta' }),
  entity('EdgeCluster', 'ny-1', {}, { ring: 'beta' }),
];

// The program itself, asking the backend itself.
describe('resedge asks a backend', () => {
  const directory = createMockDirectory();
  let backend: TestBackend;
  let url: string;

  beforeAll(async () => {
    backend = await startTestBackend({
      features: [
        resEdgePlugin,
        catalogServiceMock.factory({ entities: ENTITIES }),
        mockServices.rootConfig.factory({
          data: {
            resEdge: {
              git: { folder: directory.resolve('main.git') },
              inventory: { delay: { milliseconds: 10 } },
              registration: {
                rules: [
                  {
                    kinds: ['EdgeCluster', 'EdgeGroup'],
                    locations: ['url:https://x/*'],
                  },
                ],
              },
            },
          },
        }),
      ],
    });
    url = `http://127.0.0.1:${backend.server.port()}`;
    const fleet = '/api/res-edge/v1/fleet';
    await request(backend.server).post('/api/res-edge/v1/plans/run');
    while (
      (await request(backend.server).get(fleet)).body.clusters?.total !== 3
    )
      await wait(100);
  });

  afterAll(() => backend?.stop());

  function resedge(...args: string[]) {
    return resedgeWith('', ...args);
  }

  function resedgeWith(input: string, ...args: string[]) {
    const env = {
      ...process.env,
      HOME: directory.path,
      RESEDGE_SERVER: url,
      RESEDGE_TOKEN: mockCredentials.user.token(),
    };
    return new Promise<{ status: unknown; stdout: string; stderr: string }>(
      resolve => {
        const program = execFile(
          RESEDGE,
          args,
          { env },
          (error, stdout, stderr) =>
            resolve({ status: error ? error.code : 0, stdout, stderr }),
        );
        program.stdin!.end(input);
      },
    );
  }

  it('and shows what it has', async () => {
    const clusters = await resedge('get', 'clusters');
    expect(clusters.stderr).toBe('');
    expect(clusters.stdout).toMatch(
      /^NAME .*\nny-1 +active +- +0 +0\ntx-1 +active +prod .*\ntx-2 .*\n$/,
    );
    const one = await resedge('get', 'group', 'tx', '-o', 'wide');
    expect(one.stdout).toMatch(/^NAME.*\ntx +- +geo .*\n$/);
    const entityItself = await resedge('get', 'cluster', 'tx-2', '-o', 'json');
    expect(JSON.parse(entityItself.stdout)).toMatchObject(ENTITIES[3]);
    const described = await resedge('describe', 'cluster', 'tx-1');
    expect(described.stdout).toContain('In groups: geo, tx');
    expect(described.stdout).toContain(
      'Origin: catalog (url:https://x/a.yaml)',
    );
  });

  it('and finds by filter, group and selector', async () => {
    const names = async (...args: string[]) =>
      (await resedge('get', 'clusters', '-o', 'name', ...args)).stdout;
    const [tx1, tx2, ny1] = ['tx-1', 'tx-2', 'ny-1'].map(
      name => `edgecluster:default/${name}\n`,
    );
    expect(await names('--group', 'geo')).toBe(tx1 + tx2);
    expect(await names('--selector', '{matchLabels: {ring: beta}}')).toBe(
      ny1 + tx2,
    );
    expect(
      await names(
        '--filter',
        'spec.environment=prod',
        '--filter',
        '!spec.groups',
      ),
    ).toBe(ny1 + tx1);
    const selected = await resedge('select', '{groups: [tx]}', '-o', 'json');
    expect(JSON.parse(selected.stdout)).toEqual({
      count: 2,
      clusters: ['tx-1', 'tx-2'],
    });
  });

  it('and writes', async () => {
    const group = (name: string) =>
      JSON.stringify(entity('EdgeGroup', name, {}));
    const apply = () => resedgeWith(group('west'), 'apply', '-f', '-');
    expect(await apply()).toEqual({
      status: 0,
      stdout: 'edgegroup:default/west created\n',
      stderr: '',
    });
    expect((await apply()).stdout).toBe('edgegroup:default/west unchanged\n');
    expect(await resedgeWith(group('geo'), 'apply', '-f', '-')).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining('https://x/a.yaml'),
    });
    expect(await resedge('delete', 'group', 'west')).toMatchObject({
      status: 0,
      stdout: 'edgegroup:default/west deleted\n',
    });
    expect(await resedge('delete', 'group', 'west')).toMatchObject({
      status: 1,
    });
  });

  it('and follows changes', async () => {
    const args = ['watch', 'groups', '--since', '0', '--count', '1'];
    expect(await resedge(...args)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^(?:changed|deleted) edgegroup:/),
    });
  });

  it('and says what the backend says', async () => {
    expect(await resedge('get', 'cluster', 'nowhere')).toEqual({
      status: 1,
      stdout: '',
      stderr: "resedge: No EdgeCluster 'nowhere' is registered\n",
    });
    expect(await resedge('select', '/g/nowhere')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('nowhere'),
    });
    const refused = await new Promise<string>(resolve => {
      const env = { ...process.env, RESEDGE_TOKEN: 'wrong' };
      const args = ['get', 'clusters', '--server', url];
      execFile(RESEDGE, args, { env }, (_, __, stderr) => resolve(stderr));
    });
    expect(refused).toMatch(/does not accept the token/);
    expect(
      await resedge('get', 'clusters', '--server', `${url}/elsewhere`),
    ).toMatchObject({ status: 3, stderr: expect.stringMatching(/older than/) });
  });
});
