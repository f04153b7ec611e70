import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openTestTarget, TestGitServer } from '../__testUtils__/gitServer';
import { migrationsFolder } from '../database/openDatabase';
import { createTestFleet, TestFleet } from './__testUtils__/TestFleet';

const LABS = path.resolve(__dirname, '../../../../examples/labs');
const ANN = 'user:default/ann';
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

jest.setTimeout(300_000);

describe('change requests on GitHub', () => {
  let folder: string;
  let server: TestGitServer;
  let knex: Knex;
  let fleet: TestFleet;

  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'res-edge-pulls-'));
    await fs.cp(LABS, path.join(folder, 'labs'), { recursive: true });
    server = await TestGitServer.create();
    knex = await databases.init('SQLITE_3');
    await knex.migrate.latest({ directory: migrationsFolder });
    await (await open(['*'])).sync();
    fleet = await open([]);
  });

  afterEach(async () => {
    await server.close();
    await fs.rm(folder, { recursive: true, force: true });
  });

  async function open(direct: string[], git: object = {}) {
    const target = await openTestTarget(
      server,
      path.join(folder, 'copy.git'),
      git,
    );
    return createTestFleet({
      knex,
      yamlFolder: path.join(folder, 'labs'),
      gitFolder: path.join(folder, 'copy.git'),
      direct,
      target,
    });
  }

  async function edit(file: string, from: string, to: string) {
    const name = path.join(folder, 'labs', file);
    const text = await fs.readFile(name, 'utf8');
    expect(text).toContain(from);
    await fs.writeFile(name, text.replace(from, to));
  }

  const widen = (from: string, to: string) =>
    edit('applications.yaml', `pageSize: '${from}'`, `pageSize: '${to}'`);
  const pulls = () => server.api.pulls.all();
  const request = async () => (await fleet.stores.changeRequests.listOpen())[0];

  it('opens one, keeps it to what is asked for, and merges it from the portal', async () => {
    fleet = await open([], { pullRequests: { labels: ['fleet'] } });
    await widen('100', '50');
    await fleet.sync();
    const [pull] = await pulls();
    expect(pull).toMatchObject({
      title: 'Change application imdb',
      state: 'open',
      head: { ref: 'res-edge/application/imdb' },
      base: { ref: 'main' },
      labels: [{ name: 'fleet' }],
      body: expect.stringMatching(
        /Asked for by `edgeapplication:default\/imdb`[^]*\| application `imdb`[^]*`apps\/imdb\/release.yaml` \| changed/,
      ),
    });
    // The commit is the one that was computed here, byte for byte.
    expect((await request()).headCommit).toBe(pull.head.sha);
    expect(await request()).toMatchObject({
      pullRequest: { number: 1, url: pull.html_url, state: 'open' },
    });

    // A run that finds nothing new asks once what is open, and writes nothing.
    server.api.calls.length = 0;
    await fleet.automation.run('test');
    expect(server.api.calls).toEqual(['GET /pulls']);

    // What a person writes into the text stays.
    pull.body = `${pull.body}\n\nLooks good to @ann`;
    await widen('50', '60');
    await fleet.sync();
    expect(await pulls()).toHaveLength(1);
    const { id, digest, headCommit } = await request();
    expect(pull.head.sha).toBe(headCommit);
    expect(pull.body).toMatch(/60|Looks good to @ann$/);
    expect(pull.body).toContain('Looks good to @ann');

    server.api.pulls.mergeAllowed = false;
    await expect(
      fleet.automation.mergeChangeRequest(id, digest, ANN),
    ).rejects.toThrow('GitHub does not merge pull request #1');
    server.api.pulls.mergeAllowed = true;
    const merged = await fleet.automation.mergeChangeRequest(id, digest, ANN);
    expect(merged).toMatchObject({
      state: 'merged',
      mergedBy: ANN,
      mergeCommit: await server.git('rev-parse', 'main'),
      pullRequest: { state: 'merged' },
    });
    await fleet.automation.run('test');
    expect(await fleet.read('main', 'apps/imdb/release.yaml')).toContain(
      '"60"',
    );
    expect(await server.git('log', '-1', '--format=%B', 'main')).toContain(
      `Approved-by: ${ANN}`,
    );
    expect(await fleet.automation.listDrift()).toEqual([]);
    expect(await server.git('branch', '--list', 'res-edge/*')).toBe('');
  });

  it('notices who merged it there', async () => {
    await widen('100', '50');
    await fleet.sync();
    const { id } = await request();
    await server.api.pulls.merge(1, {}, 'octocat');
    await fleet.automation.run('test');
    expect(await fleet.stores.changeRequests.get(id)).toMatchObject({
      state: 'merged',
      mergedBy: 'octocat',
      mergeCommit: await server.git('rev-parse', 'main'),
      pullRequest: { state: 'merged' },
    });
    expect(await fleet.read('main', 'apps/imdb/release.yaml')).toContain(
      '"50"',
    );
  });

  it.each([['squash'], ['rebase']] as const)(
    'knows its own where it is merged there by %s',
    async method => {
      await widen('100', '50');
      await fleet.sync();
      const { id } = await request();
      const main = await server.git('rev-parse', 'main');
      const { sha } = await server.api.pulls.merge(
        ...[1, { merge_method: method }, 'octocat'],
      );
      expect(await server.git('rev-parse', `${sha}^`)).toBe(main);
      await fleet.automation.run('test');
      expect(await fleet.stores.changeRequests.get(id)).toMatchObject({
        ...{ state: 'merged', mergedBy: 'octocat', mergeCommit: sha },
      });
      await expectOwn('50');

      // Its place decides again, and Git alone knows that it may.
      await fs.rm(path.join(folder, 'copy.git'), { recursive: true });
      await server.git('gc', '--prune=now', '--quiet');
      fleet = await open(['*']);
      await widen('50', '60');
      await fleet.sync();
      await expectOwn('60');
    },
  );

  it.each([['squash'], ['rebase']] as const)(
    'merges by %s from the portal, where that is the only way',
    async mergeMethod => {
      fleet = await open([], { pullRequests: { mergeMethod } });
      await widen('100', '50');
      await fleet.sync();
      const { id, digest } = await request();
      const { mergeCommit } = await fleet.automation.mergeChangeRequest(
        ...[id, digest, ANN],
      );
      expect(mergeCommit).toBe(await server.git('rev-parse', 'main'));
      await fleet.automation.run('test');
      await expectOwn('50');
      const merges = await server.git('rev-list', '--merges', 'main');
      expect(merges).toBe('');
    },
  );

  it('takes for a change by hand what is squashed with something else', async () => {
    await widen('100', '50');
    await fleet.sync();
    const branch = 'res-edge/application/imdb';
    const { id, headCommit } = await request();
    const blob = await server.git('rev-parse', 'main:apps/imdb/release.yaml');
    const tree = await server.api.store.writeTree(headCommit, [
      { path: 'apps/imdb/more', mode: '100644', type: 'blob', sha: blob },
    ]);
    const more = await server.git(
      ...['commit-tree', tree, '-p', headCommit!, '-m', 'More'],
    );
    await server.git('update-ref', `refs/heads/${branch}`, more);
    await server.api.pulls.merge(1, { merge_method: 'squash' }, 'octocat');
    await fleet.automation.run('test');
    expect(await fleet.stores.changeRequests.get(id)).toMatchObject({
      ...{ state: 'merged', mergedBy: 'octocat' },
    });
    expect(await fleet.automation.listDrift()).toMatchObject([
      { entity: 'edgeapplication:default/imdb', commits: [{}] },
    ]);
  });

  /** What main says is the entity's own, nothing is left to do, and nobody has to be asked. */
  async function expectOwn(pageSize: string) {
    expect(await fleet.read('main', 'apps/imdb/release.yaml')).toContain(
      `"${pageSize}"`,
    );
    expect(await fleet.automation.listDrift()).toEqual([]);
    expect(fleet.automation.view()!.problems).toEqual([]);
    expect(await server.git('branch', '--list', 'res-edge/*')).toBe('');
    const tip = await server.git('rev-parse', 'main');
    await fleet.automation.run('test');
    expect(await server.git('rev-parse', 'main')).toBe(tip);
  }

  it('closes one that nobody asks for any more, with a word', async () => {
    await widen('100', '50');
    await fleet.sync();
    const { id } = await request();
    await widen('50', '100');
    await fleet.sync();
    const [pull] = await pulls();
    expect(pull).toMatchObject({
      state: 'closed',
      merged: false,
      body: expect.stringContaining('**Closed by Res-Edge: main says it'),
    });
    expect(await fleet.stores.changeRequests.get(id)).toMatchObject({
      state: 'superseded',
      pullRequest: { state: 'closed' },
    });
    expect(await server.git('branch', '--list', 'res-edge/*')).toBe('');

    await widen('100', '50');
    await fleet.sync();
    expect((await pulls()).map(({ state }) => state)).toEqual([
      'closed',
      'open',
    ]);
  });

  it('leaves closed what a person closed, until something else is asked for', async () => {
    await widen('100', '50');
    await fleet.sync();
    const [pull] = await pulls();
    pull.state = 'closed';
    await fleet.automation.run('test');
    expect(await request()).toMatchObject({
      blocked: expect.stringContaining('Somebody closed pull request #1'),
      pullRequest: { number: 1, state: 'closed' },
    });
    // Also when main or the inventory moved, and after a restart.
    await edit('clusters.yaml', 'title: Seattle 2302', 'title: Seattle');
    fleet = await open([]);
    await fleet.sync();
    const { id, digest, blocked } = await request();
    expect(blocked).toContain('Somebody closed');
    await expect(
      fleet.automation.mergeChangeRequest(id, digest, ANN),
    ).rejects.toThrow('Somebody closed');
    expect(await pulls()).toHaveLength(1);

    pull.state = 'open';
    await fleet.automation.run('test');
    expect(await request()).toMatchObject({ pullRequest: { state: 'open' } });
    expect((await request()).blocked).toBeUndefined();

    pull.state = 'closed';
    await widen('50', '60');
    await fleet.sync();
    expect(await request()).toMatchObject({
      pullRequest: { number: 2, state: 'open' },
    });
  });

  it('proposes anew what others pushed to, and what does not merge any more', async () => {
    await widen('100', '50');
    await fleet.sync();
    const branch = 'res-edge/application/imdb';
    const before = await request();
    const foreign = await server.git(
      ...['commit-tree', 'main^{tree}', '-p', before.headCommit!, '-m', 'More'],
    );
    await server.git('update-ref', `refs/heads/${branch}`, foreign);
    await edit('clusters.yaml', 'title: Seattle 2302', 'title: Seattle');
    await fleet.sync();
    const after = await request();
    expect(await server.git('rev-parse', branch)).toBe(after.headCommit);
    expect(after.headCommit).not.toBe(foreign);
    expect(await pulls()).toHaveLength(1);
  });

  it('says so, and delivers, while the API is away', async () => {
    server.fault = ({ path: asked }) =>
      asked.startsWith('/api/') ? { status: 502 } : undefined;
    await widen('100', '50');
    await fleet.sync();
    expect(
      fleet.automation.view()!.problems.map(({ message }) => message),
    ).toEqual([expect.stringContaining('GitHub does not move res-edge')]);
    expect(fleet.automation.deliveryStatus().state).toBe('delivered');
    server.fault = () => undefined;
    await fleet.automation.run('test');
    expect(await pulls()).toHaveLength(1);
    expect(fleet.automation.view()!.problems).toEqual([]);
  });
});
