import {
  BackstageCredentials,
  coreServices,
  createServiceFactory,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  createMockDirectory,
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import {
  Permission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { ResEdgePolicy } from '@res-edge/backstage-plugin-permission-backend-module-res-edge';
import resEdgePlugin from '@res-edge/backstage-plugin-res-edge-backend';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { openapiDocument } from '@res-edge/backstage-plugin-res-edge-common';
import request from 'supertest';
import { setTimeout as wait } from 'node:timers/promises';

const ROLES = [
  'platform-operator',
  'application-team',
  'store-operations',
  'auditor',
  'nobody',
] as const;

/** By role, in the order above. */
type Statuses = [number, number, number, number, number];

const READS: Statuses = [200, 200, 200, 200, 403];
/** Of what is not there, for those who may ask. */
const ABSENT: Statuses = [404, 404, 404, 404, 403];
const OPERATORS: Statuses = [404, 403, 403, 403, 403];

interface Row {
  path?: Record<string, string>;
  query?: string;
  body?: object;
  contentType?: string;
  expected: Statuses;
}

function cluster(name: string) {
  return {
    apiVersion: 'res-edge.io/v1alpha1',
    kind: 'EdgeCluster',
    metadata: { name },
    spec: { groups: ['geo.tx'] },
  };
}

/** One for each operation of the document: a new one without a row fails. */
const TABLE: Record<string, Row> = {
  getFleet: { expected: READS },
  listEntities: { expected: READS },
  countEntities: { query: 'by=kind', expected: READS },
  getEntity: {
    path: { kind: 'EdgeCluster', name: 'tx-1' },
    expected: [200, 404, 200, 200, 403],
  },
  createEntity: {
    body: cluster('new-1'),
    expected: [201, 403, 200, 403, 403],
  },
  applyEntity: {
    path: { kind: 'EdgeCluster', name: 'new-2' },
    body: cluster('new-2'),
    expected: [201, 404, 200, 403, 403],
  },
  // Of the catalog: who may see it hears that.
  patchEntity: {
    path: { kind: 'EdgeCluster', name: 'fr-1' },
    body: {},
    contentType: 'application/merge-patch+json',
    expected: [409, 404, 404, 403, 403],
  },
  deleteEntity: {
    path: { kind: 'EdgeCluster', name: 'fr-1' },
    expected: [409, 404, 404, 403, 403],
  },
  writeEntities: {
    body: {
      mutations: [{ action: 'delete', kind: 'EdgeCluster', name: 'fr-1' }],
    },
    expected: [200, 200, 200, 403, 403],
  },
  listChanges: { expected: READS },
  listAuditEntries: { expected: [200, 403, 403, 200, 403] },
  whatIf: {
    body: {
      mutations: [{ action: 'delete', kind: 'EdgeCluster', name: 'fr-1' }],
    },
    expected: [200, 200, 200, 403, 403],
  },
  importRecords: {
    path: { format: 'ndjson' },
    query: 'dryRun=true',
    body: { content: '' },
    expected: [200, 200, 200, 403, 403],
  },
  storeSource: {
    body: { files: { 'kustomization.yaml': '' } },
    expected: [200, 200, 403, 403, 403],
  },
  listProblems: { expected: READS },
  listRootGroups: { expected: READS },
  getGroup: { path: { name: 'geo' }, expected: [200, 200, 404, 200, 403] },
  // Who may ask is told that the address is not configured.
  getClusterBootstrap: {
    path: { name: 'fr-1' },
    expected: [409, 404, 404, 409, 403],
  },
  getClusterPlacements: {
    path: { name: 'fr-1' },
    expected: [200, 404, 404, 200, 403],
  },
  getFleetStatus: { expected: READS },
  reportStatus: {
    body: { reports: [] },
    expected: [200, 403, 403, 403, 403],
  },
  getClusterStatus: {
    path: { name: 'fr-1' },
    expected: [200, 404, 404, 200, 403],
  },
  getApplicationStatus: { path: { name: 'x' }, expected: ABSENT },
  listApplications: { expected: READS },
  listApplicationPlacements: { path: { name: 'x' }, expected: ABSENT },
  getNamespaceReach: {
    path: { name: 'bar' },
    expected: [200, 200, 200, 200, 403],
  },
  explain: { query: 'application=x&cluster=tx-1', expected: ABSENT },
  previewSelector: { body: { selector: { all: true } }, expected: READS },
  listPlans: { expected: READS },
  runPlan: { expected: [202, 403, 403, 403, 403] },
  getPlan: { path: { id: 'x' }, expected: ABSENT },
  listChangeRequests: { expected: READS },
  getChangeRequest: { path: { id: 'x' }, expected: ABSENT },
  mergeChangeRequest: {
    path: { id: 'x' },
    body: { digest: 'x' },
    expected: OPERATORS,
  },
  listRecords: { expected: [200, 403, 403, 200, 403] },
  listGuards: { expected: READS },
  signOffGuard: {
    path: { id: 'x' },
    body: { reason: 'x' },
    expected: OPERATORS,
  },
  listRollouts: { expected: READS },
  getRolloutHistory: { query: 'application=x', expected: ABSENT },
  simulateRollout: { body: { application: 'x' }, expected: ABSENT },
  getRollout: { path: { id: 'x' }, expected: ABSENT },
  commandRollout: {
    path: { id: 'x', command: 'pause' },
    body: {},
    expected: OPERATORS,
  },
  listApprovals: { expected: [200, 200, 200, 403, 403] },
  approveChangeRequest: {
    path: { id: 'x' },
    body: { digest: 'x' },
    expected: [404, 404, 404, 403, 403],
  },
  refuseChangeRequest: {
    path: { id: 'x' },
    body: { digest: 'x', reason: 'x' },
    expected: [404, 404, 404, 403, 403],
  },
  breakGlass: {
    path: { id: 'x' },
    body: { digest: 'x', reason: 'x' },
    expected: OPERATORS,
  },
  listPolicies: { expected: READS },
  getPolicyCalendar: { expected: READS },
  listDrift: { expected: READS },
  getDrift: {
    path: { kind: 'EdgeNamespace', name: 'bar' },
    expected: ABSENT,
  },
  adoptDrift: {
    path: { kind: 'EdgeNamespace', name: 'bar' },
    body: { digest: 'x' },
    expected: OPERATORS,
  },
  discardDrift: {
    path: { kind: 'EdgeNamespace', name: 'bar' },
    body: { digest: 'x' },
    expected: OPERATORS,
  },
};

const LOCATION = 'url:https://example.org/fleet.yaml';

function entity(kind: string, name: string, spec: object) {
  return {
    apiVersion: 'res-edge.io/v1alpha1',
    kind,
    metadata: {
      name,
      namespace: 'default',
      annotations: { 'backstage.io/managed-by-location': LOCATION },
    },
    spec,
  } as never;
}

const entities = [
  entity('EdgeGroup', 'geo', { type: 'geography' }),
  entity('EdgeGroup', 'geo.tx', { parent: 'geo' }),
  entity('EdgeCluster', 'tx-1', { groups: ['geo.tx'] }),
  entity('EdgeCluster', 'fr-1', { groups: ['geo'] }),
  entity('EdgeNamespace', 'bar', { owner: 'user:default/application-team' }),
];

const userInfo = mockServices.userInfo();
const policy = ResEdgePolicy.create({
  assignments: ROLES.filter(role => role !== 'nobody').map(role => ({
    group: `user:default/${role}`,
    role,
    ...(role === 'store-operations' && { groups: ['geo.tx'] }),
  })),
  userInfo,
});

/** Asks the policy, as the permission backend does. */
async function decide(
  requests: { permission: Permission }[],
  { credentials }: { credentials: BackstageCredentials },
): Promise<PolicyDecision[]> {
  const info = await userInfo.getUserInfo(credentials);
  return Promise.all(
    requests.map(query => policy.handle(query, { credentials, info })),
  );
}

const permissions = {
  authorize: decide,
  authorizeConditional: decide,
} as PermissionsService;

const operations = Object.entries(openapiDocument.paths).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      id: operation.operationId,
      method: method as 'get' | 'post' | 'put' | 'patch' | 'delete',
      path,
    })),
);

describe('who may do what', () => {
  const directory = createMockDirectory();
  let server: Awaited<ReturnType<typeof startTestBackend>>['server'];

  beforeAll(async () => {
    ({ server } = await startTestBackend({
      features: [
        resEdgePlugin,
        createServiceFactory({
          service: coreServices.permissions,
          deps: {},
          factory: () => permissions,
        }),
        createServiceFactory({
          service: catalogServiceRef,
          deps: {},
          factory: () => catalogServiceMock({ entities }),
        }),
        mockServices.rootConfig.factory({
          data: {
            resEdge: {
              git: { folder: directory.resolve('main.git') },
              registration: {
                rules: [
                  {
                    kinds: ['EdgeCluster', 'EdgeGroup', 'EdgeNamespace'],
                    locations: [LOCATION],
                  },
                ],
              },
            },
          },
        }),
      ],
    }));
    await call('runPlan', 'platform-operator');
    for (;;) {
      const { body } = await call('getFleet', 'platform-operator');
      if (body.clusters?.total === 2) {
        break;
      }
      await wait(100);
    }
  }, 60_000);

  function call(id: string, role: (typeof ROLES)[number]) {
    const { method, path } = operations.find(known => known.id === id)!;
    const { path: names = {}, query = '', body, contentType } = TABLE[id];
    const url = path.replace(/\{(\w+)\}/g, (_, name) => names[name]);
    const sent = request(server)
      [method](`/api/res-edge${url}?${query}`)
      .set(
        'authorization',
        mockCredentials.user.header(`user:default/${role}`),
      );
    return body
      ? sent.type(contentType ?? 'application/json').send(body)
      : sent;
  }

  it('is said for every operation', () => {
    expect(Object.keys(TABLE).sort()).toEqual(
      operations.map(({ id }) => id).sort(),
    );
  });

  it.each(operations)('holds for $id', async ({ id }) => {
    const statuses = [];
    for (const role of ROLES) {
      statuses.push((await call(id, role)).status);
    }
    expect(statuses).toEqual(TABLE[id]?.expected);
  });
});
