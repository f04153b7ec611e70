import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { TestGitServer, TOKEN } from '../__testUtils__/gitServer';
import { migrationsFolder } from '../database/openDatabase';
import { GitRemote } from '../git';
import { createTestFleet, TestFleet } from './__testUtils__/TestFleet';
import { ShardRepositories } from './ShardRepositories';

const LABS = path.resolve(__dirname, '../../../../examples/labs');
const BRANCH = 'delivery/shard-001';
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

jest.setTimeout(300_000);

describe('a repository of each shard', () => {
  let folder: string;
  let server: TestGitServer;
  let open: () => Promise<TestFleet>;
  /** The shard's repository. */
  let shard: (...args: string[]) => Promise<string>;

  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'res-edge-shards-'));
    await fs.cp(LABS, path.join(folder, 'labs'), { recursive: true });
    server = await TestGitServer.create();
    const bare = await server.addRepository('shard-001');
    shard = async (...args) => {
      const git = ['-c', 'user.name=Eve', '-c', 'user.email=eve@example.org'];
      const all = [...git, `--git-dir=${bare}`, ...args];
      return (await promisify(execFile)('git', all)).stdout.trim();
    };
    const knex = await databases.init('SQLITE_3');
    await knex.migrate.latest({ directory: migrationsFolder });
    const password = Buffer.from(`x:${TOKEN}`).toString('base64');
    open = () =>
      createTestFleet({
        knex,
        yamlFolder: path.join(folder, 'labs'),
        gitFolder: path.join(folder, 'gitops.git'),
        direct: ['*'],
        shardRemoteOf: name =>
          GitRemote.create({
            url: `http://${server.host}/fleet/${name}`,
            headers: async () => ({ Authorization: `Basic ${password}` }),
          }),
      });
  });

  afterEach(async () => {
    await server.close();
    await fs.rm(folder, { recursive: true, force: true });
  });

  async function edit(file: string, from: string, to: string) {
    const name = path.join(folder, 'labs', file);
    const text = await fs.readFile(name, 'utf8');
    expect(text).toContain(from);
    await fs.writeFile(name, text.replace(from, to));
  }

  const pushes = () =>
    server.requests.filter(({ path: asked }) => asked.includes('/shard-001/'))
      .length;
  const problemsOf = (fleet: TestFleet) =>
    fleet.automation.view()!.problems.map(({ message }) => message);

  it('has what is delivered to the shard, and nothing else of the fleet', async () => {
    let fleet = await open();
    await fleet.sync();
    const tip = async () => (await fleet.repository.resolve(BRANCH))!;
    expect(await shard('rev-parse', BRANCH)).toBe(await tip());
    expect(await shard('for-each-ref', '--format=%(refname)')).toBe(
      `refs/heads/${BRANCH}`,
    );
    const asked = pushes();
    await fleet.automation.run('test');
    expect(pushes()).toBe(asked);

    await edit('applications.yaml', "pageSize: '100'", "pageSize: '50'");
    await fleet.sync();
    expect(await shard('rev-parse', BRANCH)).toBe(await tip());
    // What others write there is gone with the next delivery, also after a restart.
    const tree = await shard('rev-parse', `${BRANCH}^{tree}`);
    const foreign = await shard('commit-tree', tree, '-m', 'Mine');
    await shard('update-ref', `refs/heads/${BRANCH}`, foreign);
    fleet = await open();
    await fleet.automation.run('test');
    expect(await shard('rev-parse', BRANCH)).toBe(await tip());
    expect(problemsOf(fleet)).toEqual([]);
  });

  it('is left to the replica that writes', async () => {
    const { repository } = await open();
    const replace = jest.fn();
    const repositories = ShardRepositories.create({
      repository: {
        ...repository,
        branches: async () => new Map([['delivery/x', '1']]),
      },
      remoteOf: () => ({ replace }),
      logger: mockServices.logger.mock(),
    });
    const lost = async () => {
      throw new ConflictError('Another replica writes');
    };
    await expect(repositories.push(lost)).rejects.toThrow('Another replica');
    expect(replace).not.toHaveBeenCalled();
  });

  it.each([
    ['answers with an error', { status: 502 }],
    ['cuts the connection before', 'cut-before'],
    ['cuts the connection after', 'cut-after'],
  ] as const)(
    'says so, and catches up, when its server %s',
    async (_, fault) => {
      const fleet = await open();
      server.fault = ({ path: asked }) =>
        asked.includes('/shard-001/') ? fault : undefined;
      await fleet.sync();
      expect(fleet.automation.deliveryStatus().state).toBe('delivered');
      const [message, ...others] = problemsOf(fleet);
      expect(others).toEqual([]);
      expect(message).toMatch(
        /^What is delivered does not reach the repository of shard shard-001: git push failed/,
      );
      expect(message).not.toContain(
        Buffer.from(`x:${TOKEN}`).toString('base64'),
      );
      server.fault = () => undefined;
      await fleet.automation.run('test');
      expect(await shard('rev-parse', BRANCH)).toBe(
        await fleet.repository.resolve(BRANCH),
      );
      expect(problemsOf(fleet)).toEqual([]);
    },
  );
});
