import { mockServices } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import {
  AuditLog,
  ChangeRequestStore,
  InventoryStore,
  PlanStore,
} from '../database';
import { createOperations, InventoryWriter } from '../service';
import {
  createTestStatus,
  createTestApprovals,
  createTestRollouts,
  createTestView,
  testLimits,
  testOutlook,
  testPull,
  TestPolicy,
} from '../__testUtils__';
import { registerActions } from './registerActions';

describe('registerActions', () => {
  const policy = new TestPolicy();
  const actionsRegistry = actionsRegistryServiceMock();
  const changeRequests = {
    list: jest.fn(async () => ({
      total: 1,
      items: [
        {
          id: 'imdb',
          intent: 'edgeapplication:default/imdb',
          title: 'imdb 1.0.1',
          state: 'open' as const,
          branch: 'res-edge/imdb',
          digest: 'd1',
          totals: { won: 1, lost: 0, changed: 0, refused: 0, bills: 1 },
          createdAt: '2026-11-20T12:00:00.000Z',
          updatedAt: '2026-11-20T12:00:00.000Z',
        },
      ],
    })),
  };

  registerActions({
    actionsRegistry,
    accessFactory: policy.accessFactory({ view: createTestView }),
    auditor: mockServices.auditor.mock(),
    operations: createOperations({
      fleet: {
        view: createTestView,
        deliveryStatus: jest.fn(),
        whatIf: async () => testOutlook(createTestView()),
        requestRun: jest.fn(),
        mergeChangeRequest: jest.fn(),
        changeRequestFiles: jest.fn(),
        listDrift: jest.fn(),
        getDrift: jest.fn(),
        settleDrift: jest.fn(),
        listGuards: jest.fn(),
        signOffGuard: jest.fn(),
        commandRollout: jest.fn(),
        simulateRollout: jest.fn(),
        contentWorld: jest.fn(),
      },
      status: createTestStatus(),
      plans: {} as PlanStore,
      inventory: {} as InventoryStore,
      audit: {} as AuditLog,
      changeRequests: changeRequests as unknown as ChangeRequestStore,
      sources: { put: async () => '0'.repeat(64) },
      rollouts: createTestRollouts(),
      approvals: createTestApprovals(),
      writer: InventoryWriter.create({
        inventory: {
          apply: async mutations => ({
            revision: 2,
            applied: false,
            results: mutations.map(({ kind, name }, index) => ({
              ...{ index, kind, name },
              status: 'deleted' as const,
            })),
            difference: { written: [], deleted: [] },
          }),
        },
        onWrite: jest.fn(),
      }),
      catalog: { streamEntities: jest.fn() },
      limits: testLimits,
      pull: testPull,
      inventorySync: { sync: jest.fn() },
      logger: mockServices.logger.mock(),
    }),
  });

  const inputs = {
    'explain-placement': { application: 'imdb', cluster: 'fr-paris-1' },
    'preview-selector': { selector: 'cluster.inGroup("geo.us")', sample: 1 },
    'list-change-requests': { state: 'open' },
    'get-status': { application: 'imdb' },
    'what-if': {
      mutations: [{ action: 'delete', kind: 'EdgeCluster', name: 'a' }],
    },
  };

  function invoke(name: keyof typeof inputs, input: object = inputs[name]) {
    return actionsRegistry.invoke({
      id: `test:${name}`,
      input: { ...input },
    });
  }

  beforeEach(() => {
    policy.reset();
  });

  it('registers actions that only read', async () => {
    const { actions } = await actionsRegistry.list();
    expect(
      actions
        .filter(({ attributes }) => attributes.readOnly)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(
      [
        ...Object.keys(inputs),
        ...['get-rollout', 'list-approvals', 'list-drift', 'list-guards'],
        'list-rollouts',
      ].sort(),
    );
  });

  it('explains', async () => {
    await expect(invoke('explain-placement')).resolves.toMatchObject({
      output: { placed: false, summary: expect.any(String) },
    });
    await expect(
      invoke('explain-placement', { application: 'mars', cluster: 'mars' }),
    ).rejects.toThrow(/mars/);
  });

  it('previews selectors', async () => {
    await expect(invoke('preview-selector')).resolves.toMatchObject({
      output: { count: 4, total: 5, sample: ['tx-austin-1'] },
    });
    await expect(
      invoke('preview-selector', { selector: 'cluster.inGroup("mars")' }),
    ).rejects.toThrow(/mars/);
  });

  it('tells what is reported', async () => {
    await expect(invoke('get-status')).resolves.toMatchObject({
      output: {
        counts: { unknown: 1 },
        rows: [{ cluster: 'tx-austin-2', state: 'unknown', wanted: '0.9.0' }],
      },
    });
    await expect(
      invoke('get-status', { cluster: 'tx-austin-2' }),
    ).resolves.toMatchObject({
      output: { freshness: 'unknown', rows: [{ application: 'imdb' }] },
    });
    await expect(invoke('get-status', {})).rejects.toThrow(/either/);
    await expect(invoke('get-status', { cluster: 'mars' })).rejects.toThrow(
      /mars/,
    );
  });

  it('says what writes would cause', async () => {
    await expect(invoke('what-if')).resolves.toEqual({
      output: {
        results: [{ kind: 'EdgeCluster', name: 'a', status: 'deleted' }],
        effects: [],
        problems: { arising: [], going: [] },
        changeRequests: [],
        files: 0,
        delivery: { bills: 0, values: 0, revisions: 0, shards: 0 },
      },
    });
    await expect(
      invoke('what-if', { mutations: [{ action: 'delete', name: 'a' }] }),
    ).rejects.toThrow(/kind/);
  });

  it('lists change requests', async () => {
    await expect(invoke('list-change-requests')).resolves.toMatchObject({
      output: { total: 1, items: [{ id: 'imdb', mergeable: true }] },
    });
    expect(changeRequests.list).toHaveBeenCalledWith({
      limit: 50,
      state: 'open',
    });
  });

  it.each(Object.keys(inputs) as (keyof typeof inputs)[])(
    'refuses %s without its permission',
    async name => {
      policy.deny();
      await expect(invoke(name)).rejects.toThrow(/needs the permission/);
    },
  );
});
