import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Fault } from '../__testUtils__/fault';
import { openTestTarget, TestGitServer } from '../__testUtils__/gitServer';
import { OpenTarget } from '../target';

const BRANCH = 'res-edge/application/imdb';
const author = { name: 'Res-Edge', email: 'res-edge@localhost' };
const draft = { branch: BRANCH, title: 'Imdb', text: 'Why', owners: [] };

jest.setTimeout(120_000);

describe('a pull request on a GitHub in trouble', () => {
  let folder: string;
  let server: TestGitServer;
  let target: OpenTarget;
  let main: string;

  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'res-edge-github-'));
    server = await TestGitServer.create();
    target = await openTestTarget(server, path.join(folder, 'copy.git'), {
      pullRequests: { labels: ['fleet'], autoMerge: true },
    });
    main = await target.repository.commit({
      ...{ branch: 'main', parent: undefined, message: 'Begin', author },
      changes: [
        { path: 'apps/imdb/gone.yaml', content: 'a: 1\n' },
        { path: 'apps/imdb/known.yaml', content: 'k: 1\n' },
      ],
    });
  });

  afterEach(async () => {
    await server.close();
    await fs.rm(folder, { recursive: true, force: true });
  });

  async function propose(value = 1): Promise<string> {
    const { repository, pullRequests } = target;
    await repository.fetch();
    const commit = await repository.commit({
      ...{ branch: BRANCH, parent: main, message: 'Imdb\n\nIntent: x', author },
      expected: { commit: await repository.resolve(BRANCH) },
      date: new Date(1_700_000_000_000 + value * 1000),
      changes: [
        { path: 'apps/imdb/gone.yaml' },
        { path: 'apps/imdb/copy.yaml', content: 'k: 1\n' },
        { path: 'apps/imdb/text.yaml', content: `ä: ${value}\n` },
        { path: 'apps/imdb/icon.png', content: Buffer.from([0xff, 0, value]) },
        { path: 'apps/imdb/empty', content: '' },
      ],
    });
    const known = (await pullRequests!.listOpen()).get(BRANCH);
    if (known) await pullRequests!.update(known, draft);
    else await pullRequests!.open(draft);
    return commit;
  }

  async function expectOne(commit: string) {
    const pulls = await server.api.pulls.all();
    expect(pulls).toHaveLength(1);
    expect(pulls[0]).toMatchObject({
      state: 'open',
      head: { ref: BRANCH, sha: commit },
      body: expect.stringContaining('Why'),
      labels: [{ name: 'fleet' }],
    });
    expect(await server.git('fsck', '--strict', '--no-dangling')).toBe('');
  }

  /** The first request of that kind fails. */
  function failOnce(kind: RegExp, fault: Fault) {
    let failed = false;
    server.fault = ({ method, path: asked }) => {
      if (failed || !kind.test(`${method} ${asked}`)) return undefined;
      failed = true;
      return fault;
    };
    return () => expect([kind, failed]).toEqual([kind, true]);
  }

  const secondary = { message: 'You have exceeded a secondary rate limit' };
  const faults: [string, Fault][] = [
    ['403', { status: 403, headers: { 'retry-after': '1' }, body: secondary }],
    ['429', { status: 429, headers: { 'retry-after': '1' } }],
    ['502', { status: 502 }],
    ['a connection cut before', 'cut-before'],
    ['a connection cut after', 'cut-after'],
  ];

  it.each(faults)(
    'is whole after %s, once, at any request',
    async (_, fault) => {
      const kinds = [
        /GET .*\/git\/ref\//,
        /POST .*\/git\/blobs/,
        /POST .*\/git\/trees/,
        /POST .*\/git\/commits/,
        /POST .*\/git\/refs/,
        /GET .*\/pulls\?/,
        /POST .*\/pulls$/,
        /POST .*\/labels/,
      ];
      for (const kind of kinds) {
        const expectFailed = failOnce(kind, fault);
        const commit = await propose();
        expectFailed();
        server.fault = () => undefined;
        await expectOne(commit);
        // As if nobody had asked for it yet.
        await target.repository.deleteBranch(BRANCH, commit);
        server.api.pulls.forget();
      }
      const first = await propose(1);
      const updates = [/PATCH .*\/git\/refs\//, /PATCH .*\/pulls\//];
      for (const [index, kind] of updates.entries()) {
        (await server.api.pulls.get(1)).body = 'Edited';
        const expectFailed = failOnce(kind, fault);
        const commit = await propose(2 + index);
        expectFailed();
        expect(commit).not.toBe(first);
        await expectOne(commit);
      }
    },
  );

  it.each(faults)(
    'sets a status whatever it takes, by %s',
    async (_, fault) => {
      const commit = await propose();
      const name = 'res-edge/approvals';
      const check = { name, text: 'Nobody has to agree', link: '/x' };
      const expectFailed = failOnce(/POST .*\/statuses\//, fault);
      await target.pullRequests!.setCheck(commit, {
        ...check,
        state: 'success',
      });
      expectFailed();
      expect(server.api.pulls.statusOf(commit, name)).toEqual({
        context: name,
        state: 'success',
        description: 'Nobody has to agree',
      });
    },
  );

  it.each([
    ['409', { status: 409 }],
    ['422', { status: 422 }],
    ['502 for good', { status: 502 }],
    [
      'an hour to wait',
      {
        status: 403,
        headers: {
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 3600),
        },
      },
    ],
  ])('fails whole by %s, and is made by the next try', async (_, fault) => {
    for (const kind of [/\/git\/trees/, /\/git\/refs/, /\/pulls$/]) {
      server.fault = ({ path: asked }) =>
        kind.test(asked) ? fault : undefined;
      await expect(propose()).rejects.toMatchObject({
        name: 'ReviewError',
        message: expect.stringMatching(/^GitHub does not .* \(\d+\): /),
      });
      expect(await server.api.pulls.all()).toEqual([]);
      server.fault = () => undefined;
      await expectOne(await propose());
      await target.repository.deleteBranch(
        BRANCH,
        (await target.repository.resolve(BRANCH))!,
      );
      server.api.pulls.forget();
    }
  });

  it('finds who was faster, and moves nothing', async () => {
    const first = await propose(1);
    const other = await server.git(
      ...['commit-tree', 'main^{tree}', '-p', main, '-m', 'Other'],
    );
    const { repository } = target;
    await server.git('update-ref', `refs/heads/${BRANCH}`, other);
    await expect(
      repository.commit({
        ...{ branch: BRANCH, parent: main, message: 'More', author },
        expected: { commit: first },
        changes: [{ path: 'x', content: 'x' }],
      }),
    ).rejects.toMatchObject({ name: 'ConflictError', found: other });
    expect(await server.git('rev-parse', BRANCH)).toBe(other);
    expect(await repository.resolve(BRANCH)).toBe(first);
  });

  it('pushes where GitHub would make another commit', async () => {
    const { store } = server.api;
    const write = store.writeCommit.bind(store);
    store.writeCommit = commit =>
      write({ ...commit, message: commit.message.trim() });
    const commit = await propose();
    await expectOne(commit);
    expect(
      server.requests.some(({ path: asked }) =>
        asked.endsWith('git-receive-pack'),
      ),
    ).toBe(true);
  });

  it('asks to be merged once all is content', async () => {
    server.api.pulls.mergeAllowed = false;
    await propose();
    expect((await server.api.pulls.get(1)).auto_merge).toEqual({
      merge_method: 'merge',
    });
  });

  it('leaves what a fork proposes from a branch of the same name', async () => {
    await propose();
    const pull = await server.api.pulls.get(1);
    pull.head.repo.full_name = 'eve/gitops';
    expect(await target.pullRequests!.listOpen()).toEqual(new Map());
  });
});
