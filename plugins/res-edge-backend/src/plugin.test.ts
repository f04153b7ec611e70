import { setTimeout as wait } from 'node:timers/promises';
import {
  createMockDirectory,
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import {
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ANNOTATION_LOCATION, Entity } from '@backstage/catalog-model';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  EventParams,
  EventsService,
  eventsServiceRef,
} from '@backstage/plugin-events-node';
import { RES_EDGE_CATALOG_TOPIC } from '@res-edge/backstage-plugin-res-edge-common';
import { clusterInventoryExtensionPoint } from '@res-edge/backstage-plugin-res-edge-node';
import request from 'supertest';
import { createTestView } from './__testUtils__';
import { resEdgePlugin } from './plugin';

const { inventory } = createTestView();

describe('resEdgePlugin', () => {
  const directory = createMockDirectory();

  it('reads the catalog, plans and answers; events bring what changes', async () => {
    let entities: Entity[] = [...inventory.clusters, ...inventory.groups].map(
      entity => ({
        ...entity,
        metadata: {
          ...entity.metadata,
          annotations: { [ANNOTATION_LOCATION]: 'url:https://example.org/a' },
        },
      }),
    );
    let publish: ((event: EventParams) => Promise<void>) | undefined;
    const events: EventsService = {
      publish: async () => {},
      subscribe: async ({ topics, onEvent }) => {
        if (topics.includes(RES_EDGE_CATALOG_TOPIC)) publish = onEvent;
      },
    };

    const { server } = await startTestBackend({
      features: [
        resEdgePlugin,
        mockServices.rootConfig.factory({
          data: {
            resEdge: {
              git: { folder: directory.resolve('main.git') },
              inventory: { delay: { milliseconds: 10 }, sweep: { hours: 1 } },
              registration: {
                rules: [
                  {
                    kinds: ['EdgeCluster', 'EdgeGroup'],
                    locations: ['url:https://example.org/*'],
                  },
                ],
              },
            },
          },
        }),
        createServiceFactory({
          service: eventsServiceRef,
          deps: {},
          factory: () => events,
        }),
        createServiceFactory({
          service: catalogServiceRef,
          deps: {},
          factory: () => ({
            ...catalogServiceMock.mock(),
            streamEntities: (...parameters) =>
              catalogServiceMock({ entities }).streamEntities(...parameters),
          }),
        }),
      ],
    });

    async function clustersBecome(total: number) {
      for (;;) {
        const { body } = await request(server).get('/api/res-edge/v1/fleet');
        if (body.clusters?.total === total) {
          return body;
        }
        await wait(50);
      }
    }

    await request(server).post('/api/res-edge/v1/plans/run').expect(202);
    await expect(clustersBecome(5)).resolves.toMatchObject({
      clusters: { byState: { active: 3, draining: 1, retired: 1 } },
      groups: 7,
    });

    entities = entities.slice(1);
    await publish?.({
      topic: RES_EDGE_CATALOG_TOPIC,
      eventPayload: { entityRef: 'edgecluster:default/tx-austin-1' },
    });
    await clustersBecome(4);

    const document = await request(server).get('/api/res-edge/openapi.json');
    expect(document.body.paths).toHaveProperty('/api/res-edge/v1/fleet');
    const anonymous = mockCredentials.none.header();
    const page = await request(server)
      .get('/api/res-edge/v1/docs')
      .set('authorization', anonymous)
      .expect(200);
    expect(page.text).toContain('listEntities');
    await request(server)
      .get('/api/res-edge/v1/openapi.json')
      .set('authorization', anonymous)
      .expect(200);
    await request(server)
      .get('/api/res-edge/v1/fleet')
      .set('authorization', anonymous)
      .expect(401);
  }, 30_000);

  it('has the clusters of an inventory that a module adds', async () => {
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
                yield { metadata: { name: 'B' }, spec: {} };
              },
            });
          },
        });
      },
    });
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
            resEdge: { git: { folder: directory.resolve('cloud.git') } },
          },
        }),
      ],
    });
    const problems = async () =>
      (await request(server).get('/api/res-edge/v1/problems')).body.items ?? [];
    while ((await problems()).length === 0) await wait(50);
    await expect(problems()).resolves.toEqual([
      {
        entity: 'edgecluster:default/b',
        field: 'metadata.name',
        message: expect.stringMatching(/^has no effect: the provider 'cloud'/),
      },
    ]);
    const cluster = '/api/res-edge/v1/entities/EdgeCluster/a';
    while ((await request(server).get(cluster)).status !== 200) await wait(50);
    const found = await request(server).get(cluster);
    expect(found.body.origin).toMatchObject({ location: 'cloud' });
  }, 30_000);
});
