import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  EdgePolicyEntity,
  RESOURCE_TYPE_RES_EDGE_ENTITY,
} from '@res-edge/backstage-plugin-res-edge-common';
import { edgeEntityConditions } from '@res-edge/backstage-plugin-res-edge-node';
import {
  RolloutMove,
  RolloutPhase,
} from '@res-edge/backstage-plugin-res-edge-engine';
import {
  AuditEntry,
  AuditLog,
  RolloutHistory,
  StoredRollout,
} from '../../database';
import {
  createTestRollouts,
  createTestStatus,
  createTestView,
  testFleetService,
  TestPolicy,
} from '../../__testUtils__';
import { OperationOptions } from './Operations';
import { rolloutOperations } from './rolloutOperations';

/** The operations for somebody, with one rollout of imdb. */
async function createOperations(options: {
  mayUpdate: boolean;
  isLatest?: boolean;
  turns?: readonly RolloutMove[];
  /** What rolls out instead of the application. */
  subject?: string;
}) {
  const view = createTestView();
  const fleet = testFleetService(view);
  const policy = new TestPolicy();
  policy.decide = ({ name }) => ({
    result:
      /^res-edge\.(application|group)\.update$/.test(name) && !options.mayUpdate
        ? AuthorizeResult.DENY
        : AuthorizeResult.ALLOW,
  });
  const access = await policy
    .accessFactory(fleet)
    .forCaller(mockCredentials.user(), ['res-edge.application.read']);
  const rollouts = createTestRollouts();
  const { turns = [] } = options;
  const history: RolloutHistory['history'] = async (...asked) => {
    const { items } = await rollouts.history(...asked);
    if (asked[0] !== 'imdb') return { items: [] };
    const [{ rollout, ...rest }] = items;
    const phase = (turns.at(-1)?.to ?? rollout.phase) as RolloutPhase;
    return {
      items: [{ ...rest, rollout: { ...rollout, phase }, turns }],
      nextCursor: 'more',
    };
  };
  const { subject = 'imdb' } = options;
  const about = (stored: StoredRollout) => ({
    ...stored,
    rollout: { ...stored.rollout, application: subject },
  });
  const latest = async () =>
    options.isLatest === false ? [] : (await rollouts.latest()).map(about);
  const get = async (id: string) => about(await rollouts.get(id));
  const operations = rolloutOperations({
    ...{ fleet, status: createTestStatus({ view }) },
    rollouts: { ...rollouts, get, latest, history },
  } as Partial<OperationOptions> as OperationOptions);
  return { operations, access };
}

/** What somebody reads of a rollout. */
async function read(options: {
  mayUpdate: boolean;
  isLatest?: boolean;
  subject?: string;
}) {
  const { operations, access } = await createOperations(options);
  return operations.getRollout({
    ...{ path: { id: 'r1' }, query: {}, body: {}, access },
  });
}

/** What somebody reads of the rollouts that an application had. */
async function readHistory(application: string, turns: RolloutMove[] = []) {
  const { operations, access } = await createOperations({
    ...{ mayUpdate: false, turns },
  });
  const query = { application };
  return operations.getRolloutHistory({ path: {}, query, body: {}, access });
}

describe('what can be asked of a rollout', () => {
  it('is what its state allows', async () => {
    const rollout = await read({ mayUpdate: true });
    expect(rollout.commands).toEqual([
      ...['pause', 'promote', 'skip', 'abort', 'roll-back'],
    ]);
    expect(rollout).not.toHaveProperty('commandsBlocked');
  });

  it('is nothing for those who may not change the application', async () => {
    const { commands, commandsBlocked } = await read({ mayUpdate: false });
    expect(commands).toEqual([]);
    expect(commandsBlocked).toMatch(/imdb/);
  });

  it('is of the content of a group for those who may change the group', async () => {
    const subject = 'groups/geo';
    const { application, commands } = await read({ mayUpdate: true, subject });
    expect([application, commands]).toEqual([
      subject,
      ['pause', 'promote', 'skip', 'abort'],
    ]);
    const { commandsBlocked } = await read({ mayUpdate: false, subject });
    expect(commandsBlocked).toMatch(/geo/);
  });

  it('is nothing where a newer one took its place', async () => {
    expect(await read({ mayUpdate: true, isLatest: false })).toMatchObject({
      commands: [],
      commandsBlocked: "A newer rollout of 'imdb' took its place",
    });
  });
});

it('says of a rollout nothing that its reader may not see', async () => {
  const view = createTestView();
  const fleet = testFleetService(view);
  const policy = new TestPolicy();
  policy.decide = ({ name }) =>
    name === 'res-edge.application.read'
      ? {
          result: AuthorizeResult.CONDITIONAL,
          pluginId: 'res-edge',
          resourceType: RESOURCE_TYPE_RES_EDGE_ENTITY,
          conditions: edgeEntityConditions.inNamespace({
            namespaces: ['point-of-sale'],
          }),
        }
      : { result: AuthorizeResult.ALLOW };
  const access = await policy
    .accessFactory(fleet)
    .forCaller(mockCredentials.user(), ['res-edge.application.read']);
  const turn: RolloutMove = {
    ...{ at: '2026-11-20T12:00:00.000Z', from: 'running', to: 'stopped' },
    cause: 'The rollout of dogs-cats 2.0.0 is stopped',
  };
  const rollouts = createTestRollouts();
  const [{ rollout, ...rest }] = await rollouts.latest();
  const stopped = { ...rest, rollout: { ...rollout, phase: 'stopped' } };
  const operations = rolloutOperations({
    ...{ fleet, status: createTestStatus({ view }) },
    rollouts: {
      ...rollouts,
      moves: async () => [turn],
      lastMoves: async () => new Map([['r1', turn]]),
      history: async () => ({ items: [{ ...stopped, turns: [turn] }] }),
    },
  } as Partial<OperationOptions> as OperationOptions);
  const call = { path: { id: 'r1' }, query: {}, body: {}, access };
  const query = { application: 'imdb' };
  const answers = [
    await operations.getRollout(call),
    await operations.listRollouts({ ...call, path: {} }),
    await operations.getRolloutHistory({ ...call, path: {}, query }),
  ];
  for (const answer of answers) {
    expect(JSON.stringify(answer)).not.toContain('dogs-cats');
    expect(JSON.stringify(answer)).toContain('something that you may not see');
  }
});

it('gives rollouts where nobody can say when they end', async () => {
  const view = createTestView();
  const policy = new TestPolicy();
  const fleet = {
    ...testFleetService(view),
    simulateRollout: async () => {
      throw new TypeError('A mistake of the simulation');
    },
  };
  const access = await policy
    .accessFactory(fleet)
    .forCaller(mockCredentials.user(), ['res-edge.application.read']);
  const logger = mockServices.logger.mock();
  const operations = rolloutOperations({
    ...{ fleet, logger, status: createTestStatus({ view }) },
    rollouts: createTestRollouts(),
  } as Partial<OperationOptions> as OperationOptions);
  const call = { path: {}, query: {}, body: {}, access };
  const { items } = await operations.listRollouts(call);
  expect(items).toMatchObject([{ id: 'r1', application: 'imdb' }]);
  expect(items[0]).not.toHaveProperty('eta');
  expect(logger.error).toHaveBeenCalledWith(
    'When the rollout of imdb ends cannot be found',
    expect.objectContaining({ message: 'A mistake of the simulation' }),
  );
});

it('notes what is asked of one for each of its set that goes along', async () => {
  const plain = createTestView();
  const { decisions } = plain;
  const policy: EdgePolicyEntity = {
    ...{ apiVersion: 'res-edge.io/v1alpha1', kind: 'EdgePolicy' },
    metadata: { name: 'set', namespace: 'default' },
    spec: {
      ...{ type: 'rollout', together: true },
      rings: [{ name: 'prod', clusters: { all: true } }],
    },
  };
  const inSet = ['imdb', 'beer-kiosk'];
  const view = {
    ...plain,
    decisions: {
      ...decisions,
      policies: new Map([...decisions.policies, ['set', policy]]),
      applications: new Map(
        [...decisions.applications].map(([name, decision]) => {
          const { entity } = decision;
          const spec = { ...entity.spec, rollout: 'set' };
          return inSet.includes(name)
            ? [name, { ...decision, entity: { ...entity, spec } }]
            : [name, decision];
        }),
      ),
    },
  };
  const [{ rollout, ...one }] = await createTestRollouts().latest();
  let latest: StoredRollout[] = [...decisions.applications.keys()].map(
    application => ({
      ...{ ...one, id: `r-${application}` },
      rollout: { ...rollout, application },
    }),
  );
  const fleet = {
    ...testFleetService(view),
    commandRollout: async () => {
      latest = latest.map(stored => ({
        ...stored,
        rollout: {
          ...stored.rollout,
          phase: inSet.includes(stored.rollout.application)
            ? ('paused' as const)
            : stored.rollout.phase,
        },
      }));
    },
  };
  const access = await new TestPolicy()
    .accessFactory(fleet)
    .forCaller(mockCredentials.user(), ['res-edge.rollout.command']);
  const noted: AuditEntry[] = [];
  const operations = rolloutOperations({
    ...{ fleet, status: createTestStatus({ view }) },
    audit: {
      append: async (entries: readonly AuditEntry[]) =>
        void noted.push(...entries),
    } as Partial<AuditLog> as AuditLog,
    rollouts: {
      ...createTestRollouts(),
      latest: async () => latest,
      get: async id => latest.find(each => each.id === id)!,
    },
  } as Partial<OperationOptions> as OperationOptions);
  await operations.commandRollout({
    path: { id: 'r-imdb', command: 'pause' },
    ...{ query: {}, body: { reason: 'We look' }, access },
  });
  expect(noted).toMatchObject(
    inSet.map(name => ({
      ...{ operation: 'command', kind: 'EdgeApplication', name },
      before: { rollout: `r-${name}`, phase: 'running' },
      after: { phase: 'paused', command: 'pause', reason: 'We look' },
    })),
  );
});

describe('the rollouts that an application had', () => {
  const at = '2026-11-20T12:00:00.000Z';
  const back: RolloutMove = {
    ...{ at, from: 'running', to: 'rolling-back' },
    ...{ cause: 'Tills are slow', actor: 'user:default/ada' },
  };

  it('say what brought them to where they are, and where to read on', async () => {
    expect(await readHistory('imdb')).toEqual({
      items: [
        {
          ...{ id: 'r1', application: 'imdb', version: '1.4.2' },
          ...{ release: '0123456789ab', phase: 'running' },
          since: '2026-11-20T10:00:00.000Z',
          startedAt: '2026-11-20T10:00:00.000Z',
        },
      ],
      nextCursor: 'more',
    });
    const paused: RolloutMove = {
      ...{ at, from: 'running', to: 'paused', cause: 'We look' },
    };
    const { items } = await readHistory('imdb', [back, paused]);
    expect(items[0]).toMatchObject({ phase: 'paused', broughtBy: paused });
  });

  it('say of what was taken back why that began', async () => {
    const gone: RolloutMove = {
      ...{ at, from: 'rolling-back', to: 'rolled-back' },
      cause: 'No cluster has it any more',
    };
    const { items } = await readHistory('imdb', [back, gone]);
    expect(items[0]).toMatchObject({ phase: 'rolled-back', broughtBy: back });
  });

  it('are those of an application or a namespace that the caller sees', async () => {
    await expect(readHistory('mars')).rejects.toThrow(
      "No EdgeApplication 'mars' is registered",
    );
    await expect(readHistory('namespaces/mars')).rejects.toThrow(
      "No EdgeNamespace 'mars' is registered",
    );
  });
});
