import { TestDatabases } from '@backstage/backend-test-utils';
import { DEV, EnvironmentLabs } from './__testUtils__/EnvironmentLabs';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

/** One of each environment. */
const CLUSTERS = { dev: DEV[0], prod: 'west-wa-sea-2301' };
const FREEZE = `
apiVersion: res-edge.io/v1alpha1
kind: EdgePolicy
metadata: { name: inventory-day }
spec:
  type: freeze
  clusters: { all: true }
  start: '2026-11-20T00:00Z'
  end: '2026-11-26T00:00Z'
  reason: Inventory
`;

jest.setTimeout(300_000);

describe('clusters that were delivered before their environment had a repository', () => {
  let labs: EnvironmentLabs;

  beforeEach(async () => {
    labs = await EnvironmentLabs.create(databases);
    await (await labs.open({ environments: undefined })).sync();
    // What waits shall wait after the move, too.
    await labs.folder.write('freeze.yaml', FREEZE);
    await labs.fleet.sync();
    await labs.register('1.0.99');
    await labs.fleet.sync();
  });

  afterEach(() => labs.remove());

  const view = () => labs.fleet.automation.view()!;
  /** The hash of a cluster's folder on a branch. */
  const folderOf = (shard: string, cluster: string) =>
    labs.git('all', 'rev-parse', `delivery/${shard}:clusters/${cluster}`);
  const openMoving = () => labs.open({}, { moveClusters: true });

  it('stay where they are, and are named, as long as nobody lets them move', async () => {
    await labs.open();
    await labs.run();
    expect(labs.problems()).toEqual([
      expect.stringMatching(/^\d+ clusters \(.*, …\) belong to .*'prod'/),
      expect.stringMatching(
        /^2 clusters \(central-tx-atx-2301, central-tx-atx-2302\) belong to the repository of 'dev' and stay in the repository of resEdge\.git/,
      ),
    ]);
    expect(view().delivered.shardOf(CLUSTERS.dev)).toBe('shard-001');
  });

  it('move as they are, and what is held stays held', async () => {
    const { plan: before } = view();
    const folders = {
      dev: await folderOf('shard-001', CLUSTERS.dev),
      prod: await folderOf('shard-001', CLUSTERS.prod),
    };
    await openMoving();
    await labs.run();
    expect(labs.problems()).toEqual([]);
    for (const environment of ['dev', 'prod'] as const) {
      const cluster = CLUSTERS[environment];
      const shard = `${environment}-001`;
      expect(await folderOf(shard, cluster)).toBe(folders[environment]);
      expect(view().delivered.shardOf(cluster)).toBe(shard);
      expect(
        await labs.git(environment, 'rev-parse', `delivery/${shard}`),
      ).toBe(await labs.fleet.repository.resolve(`delivery/${shard}`));
    }
    const left = await labs.git('all', 'ls-tree', '-r', 'delivery/shard-001');
    expect(left).not.toContain('clusters/');

    const { plan, snapshot, delivered, holding } = view();
    expect(delivered.version(CLUSTERS.dev, 'imdb')).toBe('1.0.1');
    expect(
      holding.waiting('imdb', snapshot.numberOf(CLUSTERS.dev)!),
    ).toMatchObject({
      reasons: [{ rule: 'edgepolicy:default/inventory-day' }],
    });
    for (const [name, { placed }] of plan.applications)
      expect([...placed]).toEqual([...before.applications.get(name)!.placed]);
    const [latest] = (await labs.fleet.stores.plans.list({ limit: 1 })).items;
    expect(latest.totals).toMatchObject({ won: 0, lost: 0, changed: 0 });

    await labs.run(24);
    expect(view().delivered.version(CLUSTERS.dev, 'imdb')).toBe('1.0.99');
    expect(labs.problems()).toEqual([]);
  });

  it('are whole where the move stopped between two branches', async () => {
    const folder = await folderOf('shard-001', CLUSTERS.dev);
    await openMoving();
    // Main says the new shards, one branch is written, and then it is over.
    const { repository } = labs.fleet;
    const commitAll = repository.commitAll.bind(repository);
    let written = 0;
    repository.commitAll = async (commits, hooks) => {
      written += 1;
      if (written > 1) throw new Error('killed');
      await commitAll(commits, hooks);
    };
    await expect(labs.run()).rejects.toThrow('killed');
    expect(written).toBe(2);
    await openMoving();
    await labs.run();
    expect(labs.problems()).toEqual([]);
    expect(await folderOf('dev-001', CLUSTERS.dev)).toBe(folder);
    expect(view().delivered.clusters).toBe(view().snapshot.size);
  });
});
