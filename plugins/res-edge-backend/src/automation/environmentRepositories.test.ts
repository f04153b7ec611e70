import { TestDatabases } from '@backstage/backend-test-utils';
import {
  decide,
  readDecisions,
  readShards,
  Snapshot,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { TOKEN } from '../__testUtils__/gitServer';
import { GitRepository } from '../git';
import { DEV, EnvironmentLabs } from './__testUtils__/EnvironmentLabs';
import { TestFleet } from './__testUtils__/TestFleet';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const MOVES = 'west-wa-sea-2301';

jest.setTimeout(300_000);

describe('a repository of each environment', () => {
  let labs: EnvironmentLabs;
  let fleet: TestFleet;

  beforeEach(async () => {
    labs = await EnvironmentLabs.create(databases);
    fleet = await labs.open();
    await fleet.sync();
  });

  afterEach(() => labs.remove());

  const git: EnvironmentLabs['git'] = (...args) => labs.git(...args);
  const problems = () => labs.problems();
  const branches = (environment: string) =>
    git(environment, 'for-each-ref', '--format=%(refname:short)');

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
    await labs.register('1.0.99');
    await fleet.sync();
    const folder = 'main:apps/imdb/versions/1.0.99';
    const tree = await git('dev', 'rev-parse', folder);
    // Not even the history of the other one says that it is there.
    expect(await git('prod', 'rev-parse', 'main')).toBe(before);
    await labs.run(1);
    await labs.run(2);
    expect(await git('prod', 'rev-parse', folder)).toBe(tree);
    expect(
      await git('prod', 'log', '-1', '--format=%s%n%b%ae', 'main'),
    ).toMatch(
      /^Take over application imdb\nMain: [0-9a-f]{40}\nres-edge@localhost$/,
    );
    expect(await git('prod', 'show', 'main:apps/imdb/release.yaml')).toMatch(
      /^rings:\n {2}prod: "?\w+"? # 1\.0\.99\n/,
    );
    expect(await git('all', 'rev-parse', folder)).toBe(tree);
  });

  it('is enough to decide again what its clusters run', async () => {
    await labs.register('1.0.99');
    await fleet.sync();
    const { inventory, plan, snapshot } = fleet.automation.view()!;
    for (const environment of ['dev', 'prod']) {
      const repository = await GitRepository.open(labs.folderOf(environment));
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
        ...{ snapshot: own, decisions, now: new Date(0) },
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
    await labs.run();
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
    await labs.run();
    expect(problems()).toEqual([]);
  });

  it.each([
    ['answers with an error', { status: 502 }],
    ['cuts the connection', 'cut-before'],
  ] as const)('keeps back no other when its server %s', async (_, fault) => {
    await labs.register('1.0.99');
    labs.server.fault = ({ path: asked }) =>
      asked.includes('/dev/') ? fault : undefined;
    await fleet.sync();
    expect(fleet.automation.deliveryStatus().state).toBe('delivered');
    expect(problems()).toEqual([
      expect.stringMatching(
        /^The repository of environment 'dev' does not get what was decided and delivered: git ls-remote failed/,
      ),
    ]);
    expect(problems().join()).not.toContain(TOKEN);
    labs.server.fault = () => undefined;
    await labs.run();
    expect(problems()).toEqual([]);
    await git('dev', 'rev-parse', 'main:apps/imdb/versions/1.0.99');
  });

  it('keeps a cluster that changes its environment, and says so', async () => {
    await labs.move(MOVES, 'dev');
    await fleet.sync();
    expect(problems()).toEqual([
      `1 cluster (${MOVES}) belong to the repository of 'dev' and stay in the repository of 'prod': a cluster keeps the shard that stands in its bootstrap, unless 'moveClusters' says otherwise`,
    ]);
    expect(fleet.automation.view()!.delivered.shardOf(MOVES)).toBe('prod-001');
  });

  it('stands on the server that holds all, too, where there is one', async () => {
    await labs.remove();
    labs = await EnvironmentLabs.create(databases);
    const { server } = labs;
    const remote = labs.remoteAt(`${server.url}.git`);
    await (await labs.open({ remote, copy: 'one.git' })).sync();
    // Until both rings have what is new.
    await labs.run(2);
    await labs.run(2);
    const tip = await server.git('rev-parse', 'environment/prod');
    expect(await git('prod', 'rev-parse', 'main')).toBe(tip);
    // A replica with an empty disk goes on from there.
    fleet = await labs.open({ remote, copy: 'other.git' });
    await labs.run();
    expect(await fleet.repository.resolve('environment/prod')).toBe(tip);
  });
});
