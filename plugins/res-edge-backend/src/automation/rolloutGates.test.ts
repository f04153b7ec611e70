import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import {
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { ApplicationReport } from '@res-edge/backstage-plugin-res-edge-engine';
import {
  GateRequest,
  rolloutGatesExtensionPoint,
} from '@res-edge/backstage-plugin-res-edge-node';
import { setTimeout as sleep } from 'node:timers/promises';
import request from 'supertest';
import { GateServer } from '../gates/__testUtils__/GateServer';
import { GatePoller } from '../gates/GatePoller';
import { GateTypes } from '../gates';
import { PrometheusGates } from '../gates/PrometheusGates';
import { resEdgePlugin } from '../plugin';
import { LabsFleet } from './__testUtils__/LabsFleet';
import { numberedBy } from './__testUtils__/numberedBy';
import { TestFleet } from './__testUtils__/TestFleet';

const BETA = ['central-tx-atx-2301', 'central-tx-atx-2302'];
const MINUTE = 60_000;
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const RINGS = `
apiVersion: res-edge.io/v1alpha1
kind: EdgePolicy
metadata: { name: store-rings }
spec:
  type: rollout
  rings:
    - name: beta
      clusters: { include: [${BETA}] }
      atOnce: 2
      gates:
        - { name: errors, type: prometheus, server: fleet, query: errors, operator: '<', threshold: 1, for: 10m, timeout: 1h }
        - { name: tickets, type: desk, parameters: { queue: stores } }
    - { name: prod, clusters: { all: true } }
  onFailure: rollBack
`;

jest.setTimeout(240_000);

describe('gates of a ring on the labs fleet', () => {
  let labs: LabsFleet;
  let fleet: TestFleet;
  let server: GateServer;
  let now: number;
  const said = new Map<string, ApplicationReport>();
  const asked: GateRequest[] = [];
  let desk: () => Promise<object>;
  const onChange = jest.fn();
  const types = GateTypes.create();
  types.add({
    type: 'desk',
    read: async asks => {
      asked.push(asks);
      return desk();
    },
  });

  beforeAll(async () => {
    server = await GateServer.start();
    const endpoint = { url: server.url, headers: {} };
    types.add(
      PrometheusGates.create({ servers: new Map([['fleet', endpoint]]) }),
    );
  });

  afterAll(() => server.stop());

  beforeEach(async () => {
    now = Date.parse('2026-11-25T08:00Z');
    asked.length = 0;
    said.clear();
    desk = async () => ({ result: 'pass' });
    server.answerValues('0');
    labs = await LabsFleet.create(databases, () => new Date(now), {
      isHeard: true,
      freshness: () => 'fresh',
      report: (cluster, application) =>
        application === 'imdb' ? said.get(cluster) : undefined,
      numbered(snapshot) {
        return numberedBy(this, snapshot);
      },
    });
    fleet = labs.fleet;
    await fleet.sync();
    await labs.write('rings.yaml', RINGS);
    await labs.edit('applications.yaml', text =>
      text.replace(
        /(name: imdb\n[^]*?)( +)(version: )/,
        '$1$2rollout: store-rings\n$2$3',
      ),
    );
    await fleet.sync();
    await labs.edit('applications.yaml', text =>
      text.replace(/(name: imdb\n[^]*?version: )\S+/, '$11.0.99'),
    );
    await fleet.sync();
    // All that is delivered is well, and the ring soaks.
    for (const [cluster, { revision }] of fleet.automation
      .view()!
      .delivered.entries('imdb'))
      said.set(cluster, { revision, condition: 'healthy', at: now });
    await fleet.automation.run('reports');
  });

  afterEach(() => labs.remove());

  const poll = async (minutes: number) => {
    now += minutes * MINUTE;
    await GatePoller.create({
      ...{ types, onChange, validFor: 5 * MINUTE },
      store: fleet.stores.rollouts,
      view: () => fleet.automation.view(),
      logger: mockServices.logger.mock(),
      now: () => new Date(now),
    }).poll(AbortSignal.timeout(60_000));
    await fleet.automation.run('clock');
  };
  const latest = async () => (await fleet.stores.rollouts.latest())[0];
  const phases = async () => {
    const { rollout } = await latest();
    return [rollout.phase, ...rollout.rings.map(({ phase }) => phase)];
  };

  it('the next ring waits until all have passed as long as they have to (demand 8)', async () => {
    expect(await phases()).toEqual(['running', 'soaking', 'waiting']);
    // Nobody has read anything.
    now += 60 * MINUTE;
    await fleet.automation.run('clock');
    expect(await phases()).toEqual(['running', 'soaking', 'waiting']);

    desk = async () => ({ result: 'fail', message: 'Tills\u0000 are slow' });
    await poll(1);
    expect(asked[0]).toMatchObject({
      ...{ application: 'imdb', version: '1.0.99', ring: 'beta' },
      ...{ clusters: BETA, gate: { parameters: { queue: 'stores' } } },
    });
    const readings = await fleet.stores.rollouts.gateReadings([
      (await latest()).id,
    ]);
    expect(readings).toMatchObject([
      { ring: 'beta', gate: { name: 'errors' }, state: 'passing', value: 0 },
      {
        gate: { name: 'tickets' },
        state: 'failing',
        message: 'Tills  are slow',
      },
    ]);
    for (let i = 0; i < 4; i++) await poll(4);
    expect(await phases()).toEqual(['running', 'soaking', 'waiting']);

    // A gate that is broken, or that nobody reads, is no gate that passes.
    desk = async () => {
      throw new Error('The desk is closed');
    };
    await poll(4);
    desk = () => new Promise(() => {});
    expect(await phases()).toEqual(['running', 'soaking', 'waiting']);

    desk = async () => ({ result: 'pass' });
    await poll(1);
    expect(await phases()).toEqual(['running', 'done', 'rolling']);
    expect(onChange).toHaveBeenCalledWith(
      "gate 'tickets' of ring 'beta' of imdb",
    );
    // What is done is asked no more.
    const before = asked.length;
    await poll(1);
    expect(asked).toHaveLength(before);
  });

  it('what was read before the gate was changed, or too long ago, does not count', async () => {
    await poll(1);
    await poll(9);
    // It passes for 10 minutes, and yet nobody looked for six of them.
    expect(await phases()).toEqual(['running', 'soaking', 'waiting']);
    await poll(4);
    await labs.edit('rings.yaml', text =>
      text.replace('query: errors', 'query: more_errors'),
    );
    now += 6 * MINUTE;
    await fleet.sync();
    expect(await phases()).toEqual(['running', 'soaking', 'waiting']);
  });

  it('a gate that fails for longer than it may takes the release back', async () => {
    server.answerValues('7');
    for (let i = 0; i < 17; i++) await poll(4);
    const { rollout, id } = await latest();
    expect(rollout.phase).toBe('rolled-back');
    const moves = await fleet.stores.rollouts.moves(id);
    expect(moves.map(({ cause }) => cause)).toContainEqual(
      expect.stringMatching(
        /^Gate 'errors' of ring 'beta' fails since .*; it may for 1h: 7 is not < 1$/,
      ),
    );
  });

  it('a module of the backend adds a type, and the API says how its gate stands', async () => {
    const { knex } = labs;
    const { server: backend } = await startTestBackend({
      features: [
        resEdgePlugin,
        schedulerServiceFactory,
        createBackendModule({
          pluginId: 'res-edge',
          moduleId: 'desk',
          register(env) {
            env.registerInit({
              deps: { gates: rolloutGatesExtensionPoint },
              async init({ gates }) {
                gates.addGate({
                  type: 'desk',
                  read: async ({ gate }) => ({
                    ...{ result: 'fail', message: `${gate.name} are open` },
                  }),
                });
              },
            });
          },
        }),
        catalogServiceMock.factory({ entities: [] }),
        mockServices.rootConfig.factory({
          data: {
            resEdge: {
              git: { folder: labs.gitFolder },
              gates: { frequency: { seconds: 1 } },
              schedule: { frequency: { hours: 1 } },
            },
          },
        }),
        createServiceFactory({
          service: coreServices.database,
          deps: {},
          factory: () =>
            mockServices.database({ knex, migrations: { skip: false } }),
        }),
      ],
    });
    const { id } = await latest();
    const gatesOf = async () => {
      const { body } = await request(backend).get(
        `/api/res-edge/v1/rollouts/${id}`,
      );
      return body.rings?.[0].gates ?? [];
    };
    let gates = await gatesOf();
    while (gates[1]?.state !== 'failing') {
      await sleep(100);
      gates = await gatesOf();
    }
    expect(gates).toMatchObject([
      {
        ...{ name: 'errors', type: 'prometheus', state: 'no-data' },
        ...{ operator: '<', threshold: 1 },
        message: "No Prometheus 'fleet' is configured",
      },
      {
        ...{ name: 'tickets', type: 'desk', message: 'tickets are open' },
        ...{ since: expect.any(String), readAt: expect.any(String) },
      },
    ]);
    const { body } = await request(backend).get('/api/res-edge/v1/rollouts');
    expect(body.items[0].rings[0].gates[1].state).toBe('failing');
    await backend.stop();
  });
});
