import { setTimeout as wait } from 'node:timers/promises';
import {
  createMockDirectory,
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { eventsServiceFactory } from '@backstage/plugin-events-node';
import resEdgePlugin from '@res-edge/backstage-plugin-res-edge-backend';
import { ApplicationStatusPage } from '@res-edge/backstage-plugin-res-edge-common';
import {
  Behaviour,
  DeliveredFleet,
  FleetSimulator,
  sendReport,
} from '@res-edge/simulator';
import request from 'supertest';

const KEY = 'the key of this test, which nobody else has';
const MINUTE = 60_000;
const MANIFEST = `apiVersion: v1
kind: ConfigMap
metadata: { name: imdb }
data: { version: '\${{ application.version }}' }
`;

// The whole way: what is registered is delivered to a real repository, read there as Flux would, and reported by the webhook.
describe('a simulated fleet', () => {
  const directory = createMockDirectory({
    content: {
      fleet: {
        imdb: {
          'config.yaml': MANIFEST,
          'kustomization.yaml': 'resources: [config.yaml]',
        },
      },
    },
  });
  let backend: TestBackend;
  let version = '1.0.0';

  const entities = () =>
    [
      ['EdgeCluster', 'a', { values: {} }],
      ['EdgeCluster', 'b', {}],
      [
        'EdgeNamespace',
        'movies',
        { owner: 'group:default/pos', selector: { all: true } },
      ],
      [
        'EdgeApplication',
        'imdb',
        {
          owner: 'group:default/pos',
          namespace: 'movies',
          source: { path: './imdb' },
          version,
        },
      ],
    ].map(([kind, name, spec]) => ({
      apiVersion: 'res-edge.io/v1alpha1',
      kind: kind as string,
      metadata: {
        name: name as string,
        namespace: 'default',
        annotations: {
          'backstage.io/managed-by-location': `file:${directory.resolve(
            'fleet/all.yaml',
          )}`,
        },
      },
      spec: spec as {},
    }));

  beforeAll(async () => {
    backend = await startTestBackend({
      features: [
        resEdgePlugin,
        eventsServiceFactory,
        mockServices.rootConfig.factory({
          data: {
            resEdge: {
              status: { key: KEY },
              git: { folder: directory.resolve('gitops.git') },
              changes: {
                direct: [
                  {
                    kinds: ['EdgeNamespace', 'EdgeApplication'],
                    locations: ['file:*'],
                  },
                ],
              },
              registration: {
                rules: [
                  {
                    kinds: ['EdgeCluster', 'EdgeNamespace', 'EdgeApplication'],
                    locations: ['file:*'],
                  },
                ],
              },
            },
          },
        }),
        createServiceFactory({
          service: catalogServiceRef,
          deps: {},
          factory: () => ({
            ...catalogServiceMock.mock(),
            streamEntities: (...parameters) =>
              catalogServiceMock({ entities: entities() }).streamEntities(
                ...parameters,
              ),
          }),
        }),
      ],
    });
  }, 60_000);

  afterAll(async () => {
    await backend?.stop();
  });

  /** What is registered is delivered by then. */
  async function deliver(): Promise<void> {
    for (;;) {
      await request(backend.server).post('/api/res-edge/v1/plans/run');
      const { items = [] } = await status();
      if (items.length === 2 && items[0].version === version) return;
      await wait(200);
    }
  }

  async function status(): Promise<Partial<ApplicationStatusPage>> {
    const { body } = await request(backend.server).get(
      '/api/res-edge/v1/applications/imdb/status',
    );
    return body;
  }

  const states = async () =>
    (await status()).items!.map(({ cluster, state, reported }) =>
      [cluster, state, reported?.version ?? '-'].join(' '),
    );

  it('has what it is told, once it says so, and not before', async () => {
    const behaviour: Behaviour = {
      isOffline: () => false,
      skew: () => 0,
      failure: (cluster, _, wanted) =>
        cluster === 'b' && wanted === '1.0.1' ? 'It does not start' : undefined,
    };
    const simulator = FleetSimulator.create({
      fleet: DeliveredFleet.create(directory.resolve('gitops.git')),
      behaviour,
      seed: 1,
    });
    let now = Date.now() - 120 * MINUTE;
    const url = `http://localhost:${backend.server.port()}/api/res-edge`;
    const pass = async (minutes: number) => {
      for (let minute = 0; minute < minutes; minute++) {
        now += MINUTE;
        for await (const report of simulator.reports(now))
          expect(await sendReport(report, { url, key: KEY })).toBe(202);
      }
    };

    await deliver();
    // Who is told what to run is written down some seconds later: then the first report is awaited.
    const silent = expect.stringMatching(/^[ab] (unknown|awaited) -$/);
    expect(await states()).toEqual([silent, silent]);
    await pass(20);
    expect(await states()).toEqual(['a current 1.0.0', 'b current 1.0.0']);

    version = '1.0.1';
    await deliver();
    expect(await states()).toEqual(['a behind -', 'b behind -']);
    await pass(20);
    expect(await states()).toEqual(['a current 1.0.1', 'b failed 1.0.1']);
    const { body } = await request(backend.server).get(
      '/api/res-edge/v1/clusters/b/status',
    );
    expect(body).toMatchObject({
      freshness: 'fresh',
      build: { condition: 'healthy' },
      applications: [{ reported: { message: 'It does not start' } }],
    });
  }, 120_000);
});
