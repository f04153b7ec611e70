import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  createMockDirectory,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { clusterInventoryExtensionPoint } from '@res-edge/backstage-plugin-res-edge-node';
import { setTimeout as wait } from 'node:timers/promises';
import request from 'supertest';
import {
  pullArtifact,
  REGISTRY_USER,
  TestRegistry,
} from './__testUtils__/registry';
import { resEdgePlugin } from './plugin';

jest.setTimeout(120_000);

describe('resEdgePlugin with a registry', () => {
  const directory = createMockDirectory();
  let registry: TestRegistry;

  beforeEach(async () => {
    registry = await TestRegistry.create({ auth: 'token' });
  });

  afterEach(() => registry.close());

  it('pushes what it delivers, says what the registry refuses, and gives clusters the address', async () => {
    const cloud = createBackendModule({
      pluginId: 'res-edge',
      moduleId: 'cloud',
      register(env) {
        env.registerInit({
          deps: { inventories: clusterInventoryExtensionPoint },
          async init({ inventories }) {
            inventories.addProvider({
              getProviderName: () => 'cloud',
              async *readClusters() {
                yield { metadata: { name: 'a' }, spec: {} };
                yield { metadata: { name: 'b' }, spec: {} };
              },
            });
          },
        });
      },
    });
    registry.fault = ({ method, path }) =>
      method === 'POST' && path.includes('/clusters/b/')
        ? { status: 403 }
        : undefined;
    const { server } = await startTestBackend({
      features: [
        resEdgePlugin,
        cloud,
        catalogServiceMock.factory({ entities: [] }),
        // Runs what is scheduled at once.
        mockServices.scheduler.factory({
          includeManualTasksOnStartup: true,
          includeInitialDelayedTasksOnStartup: true,
        }),
        mockServices.rootConfig.factory({
          data: {
            resEdge: {
              git: { folder: directory.resolve('gitops.git') },
              delivery: {
                oci: {
                  url: `oci://${registry.host}/fleet`,
                  ...REGISTRY_USER,
                  insecure: true,
                },
              },
            },
          },
        }),
      ],
    });
    const problems = async () =>
      (await request(server).get('/api/res-edge/v1/problems')).body.items ?? [];
    while ((await problems()).length === 0) await wait(100);
    expect(await problems()).toEqual([
      {
        entity: '',
        field: 'resEdge.delivery.oci',
        message: expect.stringMatching(
          /^clusters\/b could not be pushed to the registry: POST .* was answered with 403/,
        ),
      },
    ]);
    const { files } = await pullArtifact(
      `${registry.host}/fleet/clusters/a`,
      'latest',
      { authorization: 'Bearer for:fleet/clusters/a' },
    );
    expect([...files.keys()]).toEqual([
      'clusters/a/kustomization.yaml',
      'clusters/a/values/kustomization.yaml',
    ]);

    registry.fault = () => undefined;
    await request(server).post('/api/res-edge/v1/plans/run').expect(202);
    while ((await problems()).length > 0) await wait(100);

    const { body } = await request(server).get(
      '/api/res-edge/v1/clusters/b/bootstrap',
    );
    expect(body).toMatchObject({
      transport: 'oci',
      url: `oci://${registry.host}/fleet/clusters/b`,
    });
  });
});
