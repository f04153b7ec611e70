import { TestDatabases } from '@backstage/backend-test-utils';
import { TestGitServer, TOKEN } from '../__testUtils__/gitServer';
import { GitRemote } from '../git';
import { LabsFolder } from './__testUtils__/LabsFolder';
import { TestFleet } from './__testUtils__/TestFleet';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

jest.setTimeout(180_000);

describe('a repository on a Git server', () => {
  let labs: LabsFolder;
  let server: TestGitServer;

  beforeEach(async () => {
    labs = await LabsFolder.create(databases);
    server = await TestGitServer.create();
  });

  afterEach(async () => {
    await server.close();
    await labs.remove();
  });

  const open = (direct: string[], copy?: string) => {
    const password = Buffer.from(`x:${TOKEN}`).toString('base64');
    const remote = GitRemote.create({
      url: server.url,
      headers: async () => ({ Authorization: `Basic ${password}` }),
    });
    return labs.open({ direct, copy, remote });
  };

  /** The server has what the copy has, and nothing else. */
  async function expectEqual(fleet: TestFleet) {
    const refs = await server.git(
      'for-each-ref',
      '--format=%(objectname) %(refname:lstrip=2)',
      'refs/heads',
    );
    const branches = [...(await fleet.repository.branches())];
    expect(refs.split('\n')).toEqual(
      branches.map(([name, commit]) => `${commit} ${name}`),
    );
  }

  it('gets main, delivery and change requests; who merges there is noticed', async () => {
    await (await open(['*'])).sync();
    const fleet = await open([]);
    await labs.replace(
      'applications.yaml',
      "pageSize: '100'",
      "pageSize: '50'",
    );
    await fleet.sync();
    await expectEqual(fleet);
    const [request] = await fleet.stores.changeRequests.listOpen();
    const main = await server.git('rev-parse', 'main');

    const tree = await server.git(
      ...['merge-tree', '--write-tree', main, request.branch],
    );
    const merge = await server.git(
      ...['commit-tree', tree, '-p', main, '-p', request.headCommit!],
      ...['-m', 'Merge it'],
    );
    await server.git('update-ref', 'refs/heads/main', merge);
    await fleet.automation.run('test');

    expect(await fleet.stores.changeRequests.get(request.id)).toMatchObject({
      state: 'merged',
      mergedBy: 'Ann',
      mergeCommit: merge,
    });
    expect(await fleet.read('main', 'apps/imdb/release.yaml')).toContain(
      '"50"',
    );
    expect(await fleet.automation.listDrift()).toEqual([]);
    await expectEqual(fleet);

    // Another replica, with a copy of its own, finds it all done.
    const before = await fleet.repository.branches();
    const other = await open([], 'other.git');
    await other.sync();
    expect(await other.repository.branches()).toEqual(before);
  });

  it.each([
    ['squashes upon other work', 'README.md', []],
    [
      'squashes upon a change by hand',
      'apps/imdb/notes',
      [['apps/imdb/notes']],
    ],
  ])('notices who %s there', async (_, name, byHand) => {
    await (await open(['*'])).sync();
    const fleet = await open([]);
    await labs.replace(
      'applications.yaml',
      "pageSize: '100'",
      "pageSize: '50'",
    );
    await fleet.sync();
    const [{ id, headCommit }] = await fleet.stores.changeRequests.listOpen();
    const { store } = server.api;
    const before = await server.git('rev-parse', 'main');
    const file = { path: name, mode: '100644', type: 'blob', content: 'x' };
    const mine = await server.git(
      ...['commit-tree', await store.writeTree(before, [file])],
      ...['-p', before, '-m', 'Mine'],
    );
    const tree = (await store.mergeTree(mine, headCommit!))!;
    const squash = await server.git(
      ...['commit-tree', tree, '-p', mine, '-m', 'Fix\n\nIntent: a:default/b'],
    );
    await server.git('update-ref', 'refs/heads/main', squash);
    await fleet.automation.run('test');
    expect(await fleet.stores.changeRequests.get(id)).toMatchObject({
      ...{ state: 'merged', mergedBy: 'Ann', mergeCommit: squash },
    });
    expect(await fleet.read('main', 'apps/imdb/release.yaml')).toContain(
      '"50"',
    );
    const drift = await fleet.automation.listDrift();
    expect(drift.map(({ paths }) => paths)).toEqual(byHand);
    await expectEqual(fleet);
    const branches = await fleet.repository.branches();
    await fleet.automation.run('test');
    expect(await fleet.repository.branches()).toEqual(branches);
  });

  it('gets what is merged in the portal', async () => {
    await (await open(['*'])).sync();
    const fleet = await open([]);
    await labs.replace(
      'applications.yaml',
      "pageSize: '100'",
      "pageSize: '50'",
    );
    await fleet.sync();
    const [{ id, digest }] = await fleet.stores.changeRequests.listOpen();
    // Somebody else was faster with something else.
    const main = await server.git('rev-parse', 'main');
    const newer = await server.git(
      ...['commit-tree', `${main}^{tree}`, '-p', main, '-m', 'Note'],
    );
    await server.git('update-ref', 'refs/heads/main', newer);
    await fleet.automation.mergeChangeRequest(id, digest, 'user:default/ann');
    await fleet.automation.run('test');
    await expectEqual(fleet);
    expect(await server.git('log', '--format=%H', 'main')).toContain(newer);
    expect(await fleet.stores.changeRequests.listOpen()).toEqual([]);
  });

  it('fails whole while the server is away, and goes on afterwards', async () => {
    const fleet = await open(['*']);
    server.fault = () => 'cut-before';
    await expect(fleet.sync()).rejects.toThrow('git fetch failed');
    expect(fleet.automation.deliveryStatus()).toMatchObject({
      state: 'failed',
    });
    server.fault = ({ path: asked }) =>
      asked.endsWith('/git-receive-pack') && server.requests.length % 3 === 0
        ? { status: 502 }
        : undefined;
    for (let round = 0; round < 5; round++) {
      await fleet.sync().catch(() => undefined);
    }
    server.fault = () => undefined;
    await fleet.sync();
    await expectEqual(fleet);
    expect(fleet.automation.deliveryStatus()).toMatchObject({
      state: 'delivered',
    });
    expect(await server.git('rev-list', '--count', 'delivery/shard-001')).toBe(
      '1',
    );
  });
});
