import { TestDatabases } from '@backstage/backend-test-utils';
import { testDrift, testGuard } from '../__testUtils__';
import { createTestActions } from './__testUtils__/createTestActions';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

jest.setTimeout(60_000);

const createActions = async () =>
  createTestActions(await databases.init('SQLITE_3'));

const application = {
  name: 'menu-board',
  owner: 'group:default/marketing-team',
  namespace: 'bar',
  version: '1.0.0',
  files: { 'kustomization.yaml': 'resources: []\n' },
  values: { a: '1', b: '2' },
};

describe('registered actions that change something', () => {
  it('say truly what they do', async () => {
    const { registry } = await createActions();
    const { actions } = await registry.list();
    const named = (destructive: boolean) =>
      actions
        .filter(
          ({ attributes }) =>
            !attributes.readOnly && attributes.destructive === destructive,
        )
        .map(({ name }) => name)
        .sort();
    expect(named(false)).toEqual([
      'create-namespace',
      'onboard-application',
      'refuse-change-request',
      'register-cluster',
    ]);
    expect(named(true)).toEqual([
      'adopt-drift',
      'approve-change-request',
      'break-glass',
      'change-target',
      'command-rollout',
      'discard-drift',
      'import-records',
      'release-application',
      'retire-application',
      'sign-off-guard',
    ]);
    expect(actions.every(({ attributes }) => attributes.idempotent)).toBe(true);
  });

  it('register a cluster once, and stand in the audit log', async () => {
    const { invoke, inventory, auditor, event } = await createActions();
    const input = { name: 'store-9', groups: ['geo.us'], state: 'active' };
    const first = await invoke('register-cluster', input);
    expect(await invoke('register-cluster', input)).toEqual(first);
    const record = await inventory.get('EdgeCluster', 'store-9');
    expect(record).toMatchObject({
      origin: { type: 'api' },
      entity: { spec: { groups: ['geo.us'], state: 'active' } },
    });
    await expect(
      invoke('register-cluster', { name: 'store-9' }),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    expect(auditor.createEvent).toHaveBeenCalledWith({
      eventId: 'entity-create',
      severityLevel: 'medium',
      meta: { action: true, actor: 'user:default/mock' },
    });
    expect(event.success).toHaveBeenCalledTimes(2);
    expect(event.fail).toHaveBeenCalledTimes(1);
  });

  it('bring an application from its manifests to its end', async () => {
    const { invoke, inventory, sources } = await createActions();
    const spec = async () =>
      (await inventory.get('EdgeApplication', 'menu-board'))?.entity
        .spec as any;
    await invoke('onboard-application', application);
    const { source, version } = await spec();
    expect(version).toBe('1.0.0');
    const digest = source.path.split('/').at(-1);
    await expect(sources.get(digest)).resolves.toEqual(
      new Map(Object.entries(application.files)),
    );

    await invoke('release-application', {
      name: 'menu-board',
      version: '1.1.0',
      values: { b: '3' },
    });
    expect(await spec()).toMatchObject({
      version: '1.1.0',
      values: { a: '1', b: '3' },
      source,
    });

    await invoke('retire-application', { name: 'menu-board' });
    expect(await spec()).toBeUndefined();
    await expect(
      invoke('onboard-application', {
        ...application,
        files: { '../x': 'y' },
      }),
    ).rejects.toThrow(/not allowed/);
  });

  it('give a namespace another target as a whole', async () => {
    const { invoke, inventory } = await createActions();
    await invoke('create-namespace', {
      name: 'menus',
      owner: 'group:default/marketing-team',
      selector: { groups: ['geo.us'], matchLabels: { size: 'large' } },
      quota: { cpu: '1' },
    });
    await invoke('change-target', {
      namespace: 'menus',
      selector: { groups: ['geo'] },
    });
    const record = await inventory.get('EdgeNamespace', 'menus');
    expect(record!.entity.spec).toEqual({
      owner: 'group:default/marketing-team',
      selector: { groups: ['geo'] },
      resources: { quota: { cpu: '1' } },
    });
  });

  it('import, and say what failed', async () => {
    const { invoke, inventory } = await createActions();
    const input = {
      format: 'csv',
      content: 'Store\nstore-7\nStore 8\n',
      mapping: { columns: { Store: 'metadata.name' } },
    };
    expect(
      await invoke('import-records', { ...input, dryRun: true }),
    ).toMatchObject({ applied: false, counts: { created: 1, failed: 1 } });
    expect(await inventory.get('EdgeCluster', 'store-7')).toBeUndefined();
    expect(await invoke('import-records', input)).toMatchObject({
      applied: true,
      failures: [{ number: 2, message: expect.stringContaining('DNS-1123') }],
    });
  });

  it('settle drift, and sign off losses', async () => {
    const { invoke, settleDrift, signOffGuard } = await createActions();
    const { items } = await invoke('list-drift', {});
    expect(items).toMatchObject([{ digest: testDrift.digest }]);
    const [{ kind, name, digest }] = items;
    await invoke('adopt-drift', { kind, name, digest });
    await invoke('discard-drift', { kind, name, digest, reason: 'by mistake' });
    expect(settleDrift.mock.calls.map(([{ decision }]) => decision)).toEqual([
      'adopt',
      'discard',
    ]);

    const guards = await invoke('list-guards', {});
    expect(guards.items).toMatchObject([{ id: testGuard.id }]);
    await invoke('sign-off-guard', { id: testGuard.id, reason: 'agreed' });
    expect(signOffGuard).toHaveBeenCalledWith(
      testGuard.id,
      'user:default/mock',
      'agreed',
    );
  });

  it.each([
    ['register-cluster', { name: 'store-9' }],
    ['create-namespace', { name: 'menus', owner: 'group:default/x' }],
    ['change-target', { namespace: 'bar', selector: '/c/*' }],
    ['onboard-application', application],
    ['release-application', { name: 'imdb', version: '2' }],
    ['retire-application', { name: 'imdb' }],
    ['import-records', { format: 'yaml', content: '' }],
    ['list-drift', {}],
    [
      'adopt-drift',
      { kind: 'EdgeApplication', name: 'imdb', digest: testDrift.digest },
    ],
    [
      'discard-drift',
      { kind: 'EdgeApplication', name: 'imdb', digest: testDrift.digest },
    ],
    ['list-guards', {}],
    ['sign-off-guard', { id: testGuard.id, reason: 'x' }],
  ])('need the permission for %s', async (name, input) => {
    const { invoke, policy } = await createActions();
    policy.deny();
    await expect(invoke(name, input)).rejects.toThrow(/needs the permission/);
  });
});
