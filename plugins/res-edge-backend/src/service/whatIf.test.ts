import {
  mockErrorHandler,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  RESOURCE_TYPE_RES_EDGE_ENTITY,
  WhatIf,
} from '@res-edge/backstage-plugin-res-edge-common';
import { edgeEntityConditions as conditions } from '@res-edge/backstage-plugin-res-edge-node';
import express from 'express';
import request from 'supertest';
import { createTestStatus, TestPolicy, testSettings } from '../__testUtils__';
import { LabsFolder } from '../automation/__testUtils__/LabsFolder';
import { TestFleet } from '../automation/__testUtils__/TestFleet';
import { DatabaseAuditLog } from '../database';
import { createRouter } from './createRouter';
import { InventoryWriter } from './InventoryWriter';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const NOW = Date.parse('2026-11-25T05:30Z');

jest.setTimeout(120_000);

const FREEZE = `
apiVersion: res-edge.io/v1alpha1
kind: EdgePolicy
metadata: { name: black-friday }
spec:
  type: freeze
  clusters: { matchLabels: { state: tx } }
  start: '2026-11-24T00:00'
  end: '2026-12-01T00:00'
  reason: Black Friday
`;

function entityOf(kind: string, name: string, spec: object, metadata = {}) {
  return {
    apiVersion: 'res-edge.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default', ...metadata },
    spec,
  };
}

/** A store of Austin, as those of the labs. */
const store = (name: string, spec: object = {}) =>
  entityOf(
    'EdgeCluster',
    name,
    {
      ...{ groups: ['stores.central.tx.atx'], environment: 'prod' },
      timeZone: 'America/Chicago',
      ...spec,
    },
    {
      labels: {
        ...{ region: 'central', state: 'tx', city: 'atx', type: 'store' },
        ring: 'prod',
      },
    },
  );

/** Three stores that the API is the origin of, and decisions of the API that somebody merged. */
const OF_API = [
  store('api-1', { values: { storeNumber: '1', posHost: '10.0.0.1' } }),
  store('api-2', { values: { storeNumber: '2', posHost: '10.0.0.2' } }),
  {
    ...store('api-3', { groups: ['stores.west.wa.sea'] }),
    metadata: { name: 'api-3', labels: { state: 'wa', type: 'store' } },
  },
  entityOf('EdgeGroup', 'season', {
    type: 'season',
    precedence: 900,
    selector: { matchLabels: { state: 'tx' } },
    values: { season: 'autumn' },
  }),
  entityOf('EdgeNamespace', 'kiosk', {
    owner: 'group:default/kiosk',
    selector: { matchLabels: { state: 'tx' } },
  }),
];

const texas = conditions.inGroup({ groups: ['stores.central.tx'] });
const OF_TEXAS: Record<string, object> = {
  'res-edge.cluster': texas,
  'res-edge.group': conditions.inGroup({ groups: ['stores.central.tx'] }),
};

describe('what-if', () => {
  let labs: LabsFolder;
  let fleet: TestFleet;
  let app: express.Express;
  const policy = new TestPolicy();

  beforeEach(async () => {
    policy.reset();
    labs = await LabsFolder.create(databases);
    await labs.write('freeze.yaml', FREEZE);
    fleet = await labs.open({
      direct: ['file:*', 'api:*'],
      now: () => new Date(NOW),
    });
    const { inventory } = fleet.stores;
    await inventory.apply(
      OF_API.map(entity => ({
        action: 'create',
        kind: entity.kind as 'EdgeCluster',
        name: entity.metadata.name,
        entity,
      })),
      { actor: 'user:default/ann', origin: { type: 'api' } },
    );
    await fleet.sync();
    app = express();
    app.use(
      createRouter({
        fleet: fleet.automation,
        ...fleet.stores,
        approvals: fleet.approvals,
        status: createTestStatus(),
        audit: DatabaseAuditLog.create({ knex: labs.knex }),
        writer: InventoryWriter.create({ inventory, onWrite: jest.fn() }),
        catalog: catalogServiceMock(),
        ...testSettings,
        inventorySync: { sync: jest.fn() },
        logger: mockServices.logger.mock(),
        httpAuth: mockServices.httpAuth(),
        accessFactory: policy.accessFactory(fleet.automation),
        auditor: mockServices.auditor.mock(),
        validateResponses: true,
      }),
    );
    app.use(mockErrorHandler());
  });

  afterEach(() => labs.remove());

  async function whatIf(...mutations: object[]): Promise<WhatIf> {
    const { body, status } = await request(app)
      .post('/v1/what-if')
      .send({ mutations });
    expect([status, body.error]).toEqual([200, undefined]);
    return body;
  }

  /** Somebody who sees and writes in Texas alone, and sees no policies. */
  function inTexas() {
    policy.decide = ({ name }) => {
      const criteria = OF_TEXAS[name.slice(0, name.lastIndexOf('.'))];
      if (criteria) {
        return {
          result: AuthorizeResult.CONDITIONAL,
          pluginId: 'res-edge',
          resourceType: RESOURCE_TYPE_RES_EDGE_ENTITY,
          conditions: criteria as typeof texas,
        };
      }
      return {
        result: name.includes('.policy.')
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
      };
    };
  }

  it('stores nothing, and says the result of each mutation', async () => {
    const { inventory } = fleet.stores;
    const before = await inventory.load();
    const { revision, results, effect } = await whatIf(
      { action: 'create', entity: store('api-4') },
      { action: 'create', entity: store('api-5', { state: 'lost' }) },
      { action: 'delete', kind: 'EdgeCluster', name: 'central-tx-atx-2301' },
      { action: 'delete', kind: 'EdgeCluster', name: 'api-1' },
    );
    expect(revision).toBe(before.revision);
    expect(results.map(({ status, error }) => [status, error?.name])).toEqual([
      ['created', undefined],
      ['failed', 'InputError'],
      ['failed', 'ConflictError'],
      ['deleted', undefined],
    ]);
    expect(effect.delivery).toMatchObject({ bills: 2, values: 2, shards: 1 });
    await expect(inventory.load()).resolves.toEqual(before);
  });

  it('says what becomes of values, and what has to wait', async () => {
    const { effect } = await whatIf(
      {
        action: 'patch',
        kind: 'EdgeGroup',
        name: 'season',
        patch: { spec: { values: { season: 'winter', lights: 'on' } } },
      },
      {
        action: 'patch',
        kind: 'EdgeCluster',
        name: 'api-1',
        patch: { spec: { values: { posHost: '10.0.9.1' } } },
      },
    );
    const shown = effect.values.changes.map(({ key, from, to, clusters }) => [
      key,
      from,
      to,
      clusters.count,
    ]);
    const stores = fleet.automation
      .view()!
      .snapshot.groupMembers('season')
      .count();
    expect(shown).toEqual([
      ['lights', undefined, 'on', stores],
      ['posHost', '10.0.0.1', '10.0.9.1', 1],
      ['season', 'autumn', 'winter', stores],
    ]);
    expect(effect.values).toMatchObject({ clusters: stores, more: 0 });
    expect(effect.files.map(file => file.path)).toContain(
      'groups/season/release.yaml',
    );
    expect(effect.changeRequests).toEqual([
      {
        entity: 'edgegroup:default/season',
        title: 'Change group season',
        direct: true,
      },
    ]);
    // The freeze keeps back what it would change in Texas.
    const quota = await whatIf({
      action: 'patch',
      kind: 'EdgeNamespace',
      name: 'kiosk',
      patch: { spec: { resources: { quota: { cpu: '2' } } } },
    });
    expect(quota.results).toMatchObject([{ status: 'updated' }]);
    expect(quota.effect.effects).toMatchObject([
      { name: 'kiosk', changed: { count: stores }, held: { count: stores } },
    ]);
    expect(quota.effect.delivery).toMatchObject({ bills: 0 });
  });

  it('says which problems arise, and which go', async () => {
    const broken = {
      action: 'patch',
      kind: 'EdgeCluster',
      name: 'api-1',
      patch: { spec: { groups: ['nowhere'] } },
    };
    const { effect } = await whatIf(broken);
    expect(effect.problems).toEqual({
      arising: {
        count: 1,
        items: [expect.objectContaining({ field: 'spec.groups[0]' })],
      },
      going: { count: 0, items: [] },
    });
    const { kind, name, patch } = broken;
    await request(app)
      .patch(`/v1/entities/${kind}/${name}`)
      .type('application/merge-patch+json')
      .send(patch)
      .expect(200);
    await fleet.automation.run('test');
    const mended = await whatIf({
      ...broken,
      patch: { spec: { groups: ['stores.central.tx.atx'] } },
    });
    expect(mended.effect.problems).toMatchObject({
      arising: { count: 0 },
      going: { items: effect.problems.arising.items },
    });
  });

  it('comes with dry runs of batches and imports', async () => {
    const entity = store('api-4');
    const { effect } = await whatIf({ action: 'create', entity });
    expect(effect.totals.won).toBeGreaterThan(0);
    const batch = await request(app)
      .post('/v1/entities:batch?dryRun=true')
      .send({ mutations: [{ action: 'create', entity }] });
    expect(batch.body).toMatchObject({ applied: false, effect });
    const imported = await request(app)
      .post('/v1/imports/ndjson?dryRun=true')
      .send({ content: JSON.stringify(entity) });
    expect(imported.body).toMatchObject({ applied: false, effect });
  });

  it('is exact for who sees a part, and says nothing of the rest', async () => {
    const mutations = [
      { action: 'create', entity: store('api-4') },
      { action: 'delete', kind: 'EdgeCluster', name: 'api-1' },
      {
        action: 'patch',
        kind: 'EdgeNamespace',
        name: 'kiosk',
        patch: {
          spec: { selector: { matchLabels: { state: null, type: 'store' } } },
        },
      },
    ];
    const all = await whatIf(...mutations);
    inTexas();
    const seen = await whatIf(...mutations);
    expect(seen.results).toEqual(all.results);
    // All stores get the namespace; of Texas it is the one that comes.
    const [everywhere, here] = [all, seen].map(({ effect }) =>
      effect.effects.find(({ name }) => name === 'kiosk'),
    );
    expect(everywhere?.won.count).toBeGreaterThan(10);
    expect(here).toMatchObject({
      won: { count: 1, sample: ['api-4'] },
      lost: { count: 1, sample: ['api-1'] },
    });
    expect(seen.effect.delivery).toMatchObject({ bills: 2, shards: 1 });
    expect(all.effect.delivery.bills).toBeGreaterThan(10);
    const text = JSON.stringify(seen.effect);
    for (const name of [
      'west-wa',
      'api-3',
      'targets.lock',
      '.res-edge/',
      'stores.west',
    ])
      expect(text).not.toContain(name);
    expect(seen.effect.files.map(file => file.path)).toEqual([
      'namespaces/kiosk/namespace.yaml',
    ]);
  });

  it('needs the permission of each write, which has no effect without', async () => {
    inTexas();
    const { results, effect } = await whatIf(
      { action: 'delete', kind: 'EdgeCluster', name: 'api-3' },
      { action: 'create', entity: store('api-4', { groups: ['beta'] }) },
    );
    expect(results.map(({ error }) => error?.name)).toEqual([
      'NotFoundError',
      'NotAllowedError',
    ]);
    expect(effect).toMatchObject({ effects: [], delivery: { bills: 0 } });
  });
});
