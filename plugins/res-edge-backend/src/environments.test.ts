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
import { TestGitServer, TOKEN } from './__testUtils__/gitServer';
import { GitRepository } from './git';
import { resEdgePlugin } from './plugin';

jest.setTimeout(120_000);

describe('resEdgePlugin with a repository for an environment', () => {
  const directory = createMockDirectory();
  let git: TestGitServer;

  beforeEach(async () => {
    git = await TestGitServer.create();
  });

  afterEach(() => git.close());

  it('delivers its clusters there, and gives them the address', async () => {
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
                yield { metadata: { name: 'a' }, spec: { environment: 'dev' } };
                yield { metadata: { name: 'b' }, spec: {} };
              },
            });
          },
        });
      },
    });
    const dev = await GitRepository.open(await git.addRepository('dev'));
    const url = `http://${git.host}/fleet/dev`;
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
            integrations: {
              gitea: [{ host: git.host, username: 'x', password: TOKEN }],
            },
            resEdge: {
              git: { folder: directory.resolve('gitops.git') },
              delivery: {
                url: 'https://git.example.com/all',
                environmentRepositories: [{ name: 'dev', url }],
              },
            },
          },
        }),
      ],
    });
    while (!(await dev.resolve('delivery/dev-001'))) await wait(100);
    expect([...(await dev.branches()).keys()]).toEqual([
      'delivery/dev-001',
      'main',
    ]);
    const bootstrapOf = async (cluster: string) =>
      (
        await request(server).get(
          `/api/res-edge/v1/clusters/${cluster}/bootstrap`,
        )
      ).body;
    // The view follows the run that pushed.
    while ((await bootstrapOf('a')).url === undefined) await wait(100);
    expect(await bootstrapOf('a')).toMatchObject({
      ...{ url, branch: 'delivery/dev-001' },
    });
    expect(await bootstrapOf('b')).toMatchObject({
      url: 'https://git.example.com/all',
      branch: 'delivery/shard-001',
    });
  });
});
