import { TestDatabases } from '@backstage/backend-test-utils';
import { testChangeRequest } from '../__testUtils__';
import { toChangeRequest } from '../service/operations';
import { createTestActions } from './__testUtils__/createTestActions';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

jest.setTimeout(60_000);

async function createActions() {
  const actions = await createTestActions(await databases.init('SQLITE_3'));
  await actions.changeRequests.upsert(testChangeRequest);
  return actions;
}

const [id, digest] = ['imdb', 'd1'];
const yes = { id, digest, reason: 'Tried it' };

describe('registered actions about rollouts', () => {
  it('show them', async () => {
    const { invoke, registry } = await createActions();
    const { items } = await invoke('list-rollouts', {});
    expect(items).toMatchObject([
      { id: 'r1', application: 'imdb', version: '1.4.2', phase: 'running' },
    ]);
    expect(await invoke('get-rollout', { id: 'r1' })).toMatchObject({
      ...{ id: 'r1', moves: [] },
      commands: expect.arrayContaining(['pause']),
    });
    await expect(invoke('get-rollout', { id: 'r2' })).rejects.toMatchObject({
      name: 'NotFoundError',
    });
    const { actions } = await registry.list();
    const readOnly = actions
      .filter(({ attributes }) => attributes.readOnly)
      .map(({ name }) => name);
    expect(readOnly).toEqual(
      expect.arrayContaining([
        'list-rollouts',
        'get-rollout',
        'list-approvals',
      ]),
    );
  });

  it('command them, in the name of the caller, and say which ring', async () => {
    const { invoke, commandRollout, auditor } = await createActions();
    const command = { id: 'r1', command: 'promote', reason: 'All is well' };
    await expect(invoke('command-rollout', command)).rejects.toThrow(
      'ring: to promote, say which one',
    );
    expect(commandRollout).not.toHaveBeenCalled();
    await invoke('command-rollout', { ...command, ring: 'prod' });
    expect(commandRollout).toHaveBeenCalledWith('r1', {
      ...{ command: 'promote', ring: 'prod', reason: 'All is well' },
      actor: 'user:default/mock',
    });
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        meta: expect.objectContaining({ action: true, command: 'promote' }),
      }),
    );
  });
});

describe('registered actions about approvals', () => {
  it('show what waits for the caller, with the digest to answer', async () => {
    const { invoke } = await createActions();
    const { items } = await invoke('list-approvals', {});
    expect(items).toEqual([
      {
        ...{ kind: 'changeRequest', id, title: 'imdb 1.0.1', digest },
        ...{ since: testChangeRequest.updatedAt, policies: ['two-people'] },
      },
    ]);
  });

  it('approve and refuse what was read, and nothing else', async () => {
    const { invoke } = await createActions();
    for (const action of ['approve-change-request', 'refuse-change-request'])
      await expect(
        invoke(action, { ...yes, digest: 'd2' }),
      ).rejects.toMatchObject({ name: 'ConflictError' });
    const { items } = await invoke('list-approvals', {});
    expect(items).toHaveLength(1);
    expect(await invoke('refuse-change-request', yes)).toEqual({
      ...{ state: 'open', mergeable: false },
    });
    expect(await invoke('approve-change-request', yes)).toEqual({
      ...{ state: 'open', mergeable: false },
    });
  });

  it('break glass with a reason', async () => {
    const { invoke, mergeChangeRequest } = await createActions();
    mergeChangeRequest.mockResolvedValueOnce(
      toChangeRequest({ ...testChangeRequest, state: 'merged' }, []),
    );
    await expect(invoke('break-glass', { id, digest })).rejects.toThrow();
    expect(mergeChangeRequest).not.toHaveBeenCalled();
    const { state } = await invoke('break-glass', yes);
    expect(state).toBe('merged');
    expect(mergeChangeRequest).toHaveBeenCalledWith(
      ...[id, digest, 'user:default/mock', 'Tried it'],
    );
  });
});

it.each([
  ['list-rollouts', {}],
  ['get-rollout', { id: 'r1' }],
  ['command-rollout', { id: 'r1', command: 'pause', reason: 'x' }],
  ['list-approvals', {}],
  ['approve-change-request', yes],
  ['refuse-change-request', yes],
  ['break-glass', yes],
])('%s needs its permission', async (name, input) => {
  const { invoke, policy } = await createActions();
  policy.deny();
  await expect(invoke(name, input)).rejects.toThrow(/needs the permission/);
});
