import {
  mockCredentials,
  mockErrorHandler,
  mockServices,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  EdgeKind,
  RESOURCE_TYPE_RES_EDGE_ENTITY,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Inventory } from '@res-edge/backstage-plugin-res-edge-engine';
import { edgeEntityConditions as conditions } from '@res-edge/backstage-plugin-res-edge-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import express from 'express';
import request from 'supertest';
import {
  createTestStatus,
  createTestApprovals,
  createTestRollouts,
  createTestView,
  testFleetService,
  testLimits,
  testPull,
  TestPolicy,
} from '../__testUtils__';
import { ChangeRequestStore, InventoryStore, PlanStore } from '../database';
import { createRouter } from './createRouter';
import { FleetView } from './FleetView';
import { InventoryWriter } from './InventoryWriter';
import { FleetIndex } from './queries/FleetIndex';

const texas = conditions.inGroup({ groups: ['geo.us.tx'] });

/** A caller who sees the stores of Texas, and of the applications imdb with its namespace. */
const CRITERIA = {
  'res-edge.cluster.read': texas,
  'res-edge.group.read': texas,
  'res-edge.namespace.read': conditions.inNamespace({
    namespaces: ['point-of-sale'],
  }),
  'res-edge.application.read': conditions.inNamespace({
    namespaces: ['point-of-sale'],
  }),
};

/** The fleet without what is hidden from him, and with other things instead. */
function withoutHidden(inventory: Inventory): Inventory {
  const [austin] = inventory.clusters;
  const hidden = (name: string, groups: string[]) => ({
    ...austin,
    metadata: { name, labels: { secret: 'x' } },
    spec: { groups, environment: 'secret' },
  });
  return {
    clusters: [
      ...inventory.clusters.filter(({ spec }) =>
        spec.groups?.includes('geo.us.tx'),
      ),
      hidden('aa-1', ['geo.us']),
      hidden('zz-1', ['geo']),
      hidden('zz-2', []),
    ],
    groups: [
      ...inventory.groups.filter(({ metadata }) =>
        metadata.name.startsWith('geo'),
      ),
      {
        ...inventory.groups[0],
        metadata: { name: 'secret', title: 'Secret' },
        spec: { type: 'secret' },
      },
    ],
    namespaces: inventory.namespaces,
    applications: inventory.applications.filter(
      ({ metadata }) => metadata.name !== 'dogs-cats',
    ),
    policies: [],
  };
}

const RECORD = {
  origin: { type: 'catalog' },
  revision: 1,
  createdAt: '2026-11-20T12:00:00.000Z',
  updatedAt: '2026-11-20T12:00:00.000Z',
  alsoAt: [],
} as const;

function createApp(view: FleetView, hidden: string): express.Express {
  const policy = new TestPolicy();
  policy.decide = ({ name }) =>
    name in CRITERIA
      ? {
          result: AuthorizeResult.CONDITIONAL,
          pluginId: 'res-edge',
          resourceType: RESOURCE_TYPE_RES_EDGE_ENTITY,
          conditions: CRITERIA[name as keyof typeof CRITERIA],
        }
      : { result: AuthorizeResult.DENY };
  const fleet = {
    ...testFleetService(view),
    deliveryStatus: () => ({
      shards: 3,
      clusters: 5,
      state: 'failed' as const,
      message: `${hidden} has no bill`,
    }),
  };
  const app = express();
  app.use(
    createRouter({
      fleet,
      status: createTestStatus({ view }),
      plans: {} as PlanStore,
      changeRequests: {
        listOpen: async () => [],
      } as unknown as ChangeRequestStore,
      rollouts: createTestRollouts(),
      approvals: createTestApprovals(),
      inventory: inventoryOf(view),
      audit: {
        append: jest.fn(),
        list: async () => ({ items: [] }),
        changesSince: async () => [],
      },
      sources: { put: async () => '0'.repeat(64) },
      writer: InventoryWriter.create({
        inventory: { apply: jest.fn() },
        onWrite: jest.fn(),
      }),
      limits: testLimits,
      pull: testPull,
      catalog: catalogServiceMock(),
      inventorySync: { sync: jest.fn() },
      logger: mockServices.logger.mock(),
      httpAuth: mockServices.httpAuth(),
      accessFactory: policy.accessFactory(fleet),
      auditor: mockServices.auditor.mock(),
      validateResponses: true,
    }),
  );
  app.use(mockErrorHandler());
  return app;
}

/** The records of a view; nobody here reads them all at once. */
function inventoryOf(view: FleetView): InventoryStore {
  return {
    get: async (kind: EdgeKind, name: string) => {
      const entity = FleetIndex.of(view).find(kind, name);
      return entity && { ...RECORD, entity };
    },
  } as Partial<InventoryStore> as InventoryStore;
}

const view = createTestView();
const one = createApp(view, 'fr-paris-1');
const other = createApp(createTestView(withoutHidden), 'aa-1');

function ask(app: express.Express, url: string) {
  const [path, selector] = url.split(' ');
  const call = selector
    ? request(app).post(path).send(JSON.parse(selector))
    : request(app).get(path);
  return call.set('authorization', mockCredentials.user.header());
}

describe('what a caller may not see', () => {
  it.each([
    '/v1/fleet',
    '/v1/entities',
    '/v1/entities?limit=1',
    '/v1/entities?search=paris',
    '/v1/entities?group=geo.us.tx',
    '/v1/entities?group=geo',
    '/v1/entities?filter=spec.environment=secret',
    '/v1/entities?filter=spec.environment!=secret&sort=spec.environment',
    '/v1/entities?kind=EdgeCluster&expand=groups,namespaces,applications,values,usage,shard&fields=*',
    '/v1/entities/counts?by=kind',
    '/v1/entities/counts?by=group',
    '/v1/entities/counts?by=spec.environment',
    '/v1/entities/EdgeCluster/fr-paris-1',
    '/v1/entities/EdgeCluster/tx-austin-1',
    '/v1/entities/EdgePolicy/us-alcohol-law',
    '/v1/problems',
    '/v1/problems?entity=edgecluster:default%2Ffr-paris-1',
    '/v1/groups',
    '/v1/groups/geo',
    '/v1/groups/franchise',
    '/v1/groups/geo.us.tx',
    '/v1/clusters/tx-austin-1/placements',
    '/v1/clusters/fr-paris-1/placements',
    '/v1/applications',
    '/v1/applications/imdb/placements',
    '/v1/applications/imdb/placements?state=refused',
    '/v1/applications/dogs-cats/placements',
    '/v1/rollouts:history?application=imdb',
    '/v1/rollouts:history?application=dogs-cats',
    '/v1/rollouts:history?application=namespaces%2Fbar',
    '/v1/namespaces/point-of-sale/reach',
    '/v1/namespaces/bar/reach',
    '/v1/explain?application=imdb&cluster=tx-austin-1',
    '/v1/explain?application=imdb&cluster=fr-paris-1',
    '/v1/explain?application=beer-kiosk&cluster=tx-austin-1',
    '/v1/selectors/preview {"selector":{"all":true}}',
    '/v1/selectors/preview {"selector":"/g/franchise"}',
    '/v1/selectors/preview {"selector":{"include":["fr-paris-1"]}}',
    '/v1/selectors/preview {"selector":"cluster.groups.size()>2"}',
    '/v1/selectors/preview {"selector":"cluster.environment==\\"secret\\""}',
    '/v1/selectors/preview {"selector":"/n/bar"}',
  ])('makes no difference to %s', async url => {
    const [a, b] = await Promise.all([ask(one, url), ask(other, url)]);
    expect(a.status).toBe(b.status);
    const withoutRequest = ({ request: _, ...body }: Record<string, unknown>) =>
      body;
    expect(withoutRequest(a.body)).toEqual(withoutRequest(b.body));
    expect(JSON.stringify(withoutRequest(a.body))).not.toMatch(
      /ut-provo|aa-1|zz-1|Sale by kiosk/,
    );
  });

  it('leaves what he may see', async () => {
    const { body } = await ask(one, '/v1/entities?kind=EdgeCluster');
    expect(body.items.map(({ name }: { name: string }) => name)).toEqual([
      'tx-austin-1',
      'tx-austin-2',
      'us-old-1',
    ]);
    const { body: fleet } = await ask(one, '/v1/fleet');
    expect(fleet).toMatchObject({
      clusters: { total: 3 },
      groups: 1,
      namespaces: 1,
      applications: 1,
      policies: 0,
      problems: 0,
      delivery: { message: 'This names something that you may not see' },
    });
  });
});
