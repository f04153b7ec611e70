import { TestDatabases } from '@backstage/backend-test-utils';
import {
  decide,
  readDecisions,
  readShards,
  Snapshot,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { TestGitServer, TOKEN } from '../__testUtils__/gitServer';
import { GitRemote, GitRepository } from '../git';
import { LabsFolder } from './__testUtils__/LabsFolder';
import { TestFleet } from './__testUtils__/TestFleet';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

/** Clusters of the labs fleet that are for trying. */
const DEV = ['central-tx-atx-2301', 'central-tx-atx-2302'];
const MOVES = 'west-wa-sea-2301';
const RINGS = `
apiVersion: res-edge.io/v1alpha1
kind: EdgePolicy
metadata: { name: environments }
spec:
  type: rollout
  rings:
    - { name: dev, clusters: { expression: 'cluster.environment == "dev"' } }
    - { name: prod, clusters: { expression: 'cluster.environment == "prod"' }, soak: 1h }
`;
const HOUR = 3_600_000;

jest.setTimeout(300_000);

describe('a repository of each environment', () => {
  let labs: LabsFolder;
  let server: TestGitServer;
  let fleet: TestFleet;
  let now: number;
  let bare: Record<string, string>;
  const headers = async () => ({
    Authorization: `Basic ${Buffer.from(`x:${TOKEN}`).toString('base64')}`,
  });

  async function git(environment: string, ...args: string[]) {
    const eve = ['-c', 'user.name=Eve', '-c', 'user.email=eve@example.org'];
    const all = [...eve, `--git-dir=${bare[environment]}`, ...args];
    return (await promisify(execFile)('git', all)).stdout.trim();
  }

  const open = (more: Parameters<LabsFolder['open']>[0] = {}) =>
    labs.open({
      direct: ['*'],
      now: () => new Date(now),
      environments: ['dev', 'prod'].map(name => ({
        name,
        environments: [name],
        remote: GitRemote.create({
          url: `http://${server.host}/fleet/${name}`,
          headers,
        }),
      })),
      ...more,
    });

  beforeEach(async () => {
    now = Date.parse('2026-11-25T08:00Z');
    labs = await LabsFolder.create(databases);
    await labs.edit('clusters.yaml', text =>
      DEV.reduce(
        (all, name) =>
          all.replace(
            new RegExp(`(name: ${name}\\n[^]*?environment: )prod`),
            '$1dev',
          ),
        text,
      ),
    );
    await labs.write('rings.yaml', RINGS);
    await labs.edit('applications.yaml', text =>
      text.replace(
        /(name: imdb\n[^]*?)( +)(version: )/,
        '$1$2rollout: environments\n$2$3',
      ),
    );
    server = await TestGitServer.create();
    bare = {
      dev: await server.addRepository('dev'),
      prod: await server.addRepository('prod'),
    };
    fleet = await open();
    await fleet.sync();
  });

  afterEach(async () => {
    await server.close();
    await labs.remove();
  });

  const release = (version: string) =>
    labs.edit('applications.yaml', text =>
      text.replace(/(name: imdb\n[^]*?version: )\S+/, `$1${version}`),
    );
  const problems = () =>
    fleet.automation.view()!.problems.map(({ message }) => message);
  const branches = (environment: string) =>
    git(environment, 'for-each-ref', '--format=%(refname:short)');
  const run = async (hours: number) => {
    now += hours * HOUR;
    await fleet.automation.run('test');
  };

  it('has what concerns its clusters, and nothing of the others', async () => {
    expect(problems()).toEqual([]);
    expect(await branches('dev')).toBe('delivery/dev-001\nmain');
    expect(await branches('prod')).toBe('delivery/prod-001\nmain');
    for (const environment of ['dev', 'prod']) {
      const branch = `delivery/${environment}-001`;
      expect(await git(environment, 'rev-parse', branch)).toBe(
        await fleet.repository.resolve(branch),
      );
    }
    const shards = await git(
      'dev',
      'show',
      'main:.res-edge/shards/dev-001.yaml',
    );
    expect(shards).toBe(
      `clusters:\n${DEV.map(name => `  - ${name}`).join('\n')}`,
    );
    const paths = await git('dev', 'ls-tree', '-r', '--name-only', 'main');
    expect(paths).not.toContain('prod-001');
    expect(paths).toContain('apps/imdb/versions/1.0.1/');
    expect(await git('dev', 'show', 'main:apps/imdb/release.yaml')).toMatch(
      /^rings:\n {2}dev: "?\w+"? # 1\.0\.1\nreleases:/,
    );
    const lock = await git(
      'dev',
      'show',
      'main:namespaces/imdb/targets.lock.yaml',
    );
    expect(lock).toContain(`clusters: ${DEV.length}\n`);
    // Groups of the west have no cluster that is for trying.
    expect(paths).not.toContain('groups/geo.west');
    const view = fleet.automation.view()!;
    expect(view.delivered.shardOf(DEV[0])).toBe('dev-001');
    expect(view.delivered.shardOf(MOVES)).toBe('prod-001');
  });

  it('gets a version with the first ring that has a cluster there, byte for byte', async () => {
    const before = await git('prod', 'rev-parse', 'main');
    await release('1.0.99');
    await fleet.sync();
    const folder = 'main:apps/imdb/versions/1.0.99';
    const tree = await git('dev', 'rev-parse', folder);
    // Not even the history of the other one says that it is there.
    expect(await git('prod', 'rev-parse', 'main')).toBe(before);
    await run(1);
    await run(2);
    expect(await git('prod', 'rev-parse', folder)).toBe(tree);
    expect(
      await git('prod', 'log', '-1', '--format=%s%n%b%ae', 'main'),
    ).toMatch(
      /^Take over application imdb\nMain: [0-9a-f]{40}\nres-edge@localhost$/,
    );
    expect(await git('prod', 'show', 'main:apps/imdb/release.yaml')).toMatch(
      /^rings:\n {2}prod: "?\w+"? # 1\.0\.99\n/,
    );
    const [commit] = (await fleet.repository.log('main', { limit: 1 })).map(
      entry => entry.commit,
    );
    expect(tree).toBe(
      (
        await promisify(execFile)('git', [
          `--git-dir=${labs.gitFolder}`,
          ...['rev-parse', `${commit}:apps/imdb/versions/1.0.99`],
        ])
      ).stdout.trim(),
    );
  });

  it('is enough to decide again what its clusters run', async () => {
    await release('1.0.99');
    await fleet.sync();
    const { inventory, plan, snapshot } = fleet.automation.view()!;
    for (const environment of ['dev', 'prod']) {
      const repository = await GitRepository.open(bare[environment]);
      const main = (await repository.resolve('main'))!;
      const files = await repository.read(main, () => true);
      const { decisions, problems: unread } = readDecisions(files);
      expect(unread).toEqual([]);
      const { shards } = readShards(files);
      const clusters = inventory.clusters.filter(({ metadata }) =>
        shards.has(metadata.name),
      );
      const own = Snapshot.create({ clusters, groups: inventory.groups });
      const again = decide({
        ...{ snapshot: own, decisions, now: new Date(now) },
        baseline: { applications: new Map() },
      });
      expect(again.problems).toEqual([]);
      for (const { metadata } of clusters) {
        const { name } = metadata;
        const runs = (
          { applications }: typeof plan,
          number: number,
        ): [string, string | undefined][] =>
          [...applications.values()]
            .filter(({ placed }) => placed.has(number))
            .map(({ name: application, releases }) => [
              application,
              releases.find(({ clusters: all }) => all.has(number))?.release
                .digest,
            ]);
        expect(runs(again, own.numberOf(name)!)).toEqual(
          runs(plan, snapshot.numberOf(name)!),
        );
      }
    }
  });

  it('takes back what others write there, and is whole again after a loss', async () => {
    const tree = await git('prod', 'rev-parse', 'main^{tree}');
    const foreign = await git('prod', 'commit-tree', tree, '-m', 'Mine');
    await git('prod', 'update-ref', 'refs/heads/main', foreign);
    await git('prod', 'update-ref', '-d', 'refs/heads/delivery/prod-001');
    await run(0);
    expect(problems()).toEqual([
      expect.stringContaining(
        `Commit ${foreign.slice(
          0,
          12,
        )} on 'main' of the repository of environment 'prod' is not of Res-Edge`,
      ),
    ]);
    expect(await branches('prod')).toBe('delivery/prod-001\nmain');
    expect(await git('prod', 'rev-parse', 'main')).toBe(
      await fleet.repository.resolve('environment/prod'),
    );
    await run(0);
    expect(problems()).toEqual([]);
  });

  it.each([
    ['answers with an error', { status: 502 }],
    ['cuts the connection', 'cut-before'],
  ] as const)('keeps back no other when its server %s', async (_, fault) => {
    await release('1.0.99');
    server.fault = ({ path: asked }) =>
      asked.includes('/dev/') ? fault : undefined;
    await fleet.sync();
    expect(fleet.automation.deliveryStatus().state).toBe('delivered');
    expect(problems()).toEqual([
      expect.stringMatching(
        /^The repository of environment 'dev' does not get what was decided and delivered: git ls-remote failed/,
      ),
    ]);
    expect(problems().join()).not.toContain(TOKEN);
    server.fault = () => undefined;
    await run(0);
    expect(problems()).toEqual([]);
    await git('dev', 'rev-parse', 'main:apps/imdb/versions/1.0.99');
  });

  it('keeps a cluster that changes its environment, and says so', async () => {
    await labs.edit('clusters.yaml', text =>
      text.replace(
        new RegExp(`(name: ${MOVES}\\n[^]*?environment: )prod`),
        '$1dev',
      ),
    );
    await fleet.sync();
    expect(problems()).toEqual([
      `1 cluster (${MOVES}) belong to the repository of 'dev' and stay in the repository of 'prod': a cluster keeps the shard that stands in its bootstrap`,
    ]);
    expect(fleet.automation.view()!.delivered.shardOf(MOVES)).toBe('prod-001');
  });

  it('stands on the server that holds all, too, where there is one', async () => {
    await labs.remove();
    labs = await LabsFolder.create(databases);
    const remote = GitRemote.create({ url: `${server.url}.git`, headers });
    fleet = await open({ remote, copy: 'one.git' });
    await fleet.sync();
    const tip = await server.git('rev-parse', 'environment/prod');
    expect(await git('prod', 'rev-parse', 'main')).toBe(tip);
    // A replica with an empty disk goes on from there.
    fleet = await open({ remote, copy: 'other.git' });
    await fleet.automation.run('test');
    expect(await fleet.repository.resolve('environment/prod')).toBe(tip);
  });
});
