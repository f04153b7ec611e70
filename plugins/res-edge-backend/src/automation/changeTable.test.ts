import { TestDatabases } from '@backstage/backend-test-utils';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { migrationsFolder } from '../database/openDatabase';
import { createTestFleet, TestFleet } from './__testUtils__/TestFleet';

const LABS = path.resolve(__dirname, '../../../../examples/labs');
const SHARD = 'delivery/shard-001';
const UNREFERENCED = '.res-edge/unreferenced.yaml';
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

jest.setTimeout(120_000);

/** What each change touches, as the design promises it: every file is counted. */
describe('the files that a change touches on the labs fleet', () => {
  let folder: string;
  let fleet: TestFleet;
  let now = 0;

  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'res-edge-table-'));
    await fs.cp(LABS, path.join(folder, 'labs'), { recursive: true });
    const knex = await databases.init('SQLITE_3');
    await knex.migrate.latest({ directory: migrationsFolder });
    fleet = await createTestFleet({
      knex,
      yamlFolder: path.join(folder, 'labs'),
      gitFolder: path.join(folder, 'gitops.git'),
      direct: ['*'],
      now: () => new Date(now),
    });
    await fleet.sync();
  });

  afterEach(async () => {
    await fs.rm(folder, { recursive: true, force: true });
  });

  async function edit(
    file: string,
    change: (text: string) => string,
  ): Promise<void> {
    const name = path.join(folder, 'labs', file);
    const text = await fs.readFile(name, 'utf8');
    const changed = change(text);
    expect(changed).not.toBe(text);
    await fs.writeFile(name, changed);
  }

  /** Replaces, removes or adds one document of a file. */
  function document(name: string, change: (text: string) => string) {
    const isIt = (text: string) =>
      new RegExp(`^ +name: ${name}$|name: ${name}[ ,]`, 'm').test(text);
    return (text: string) =>
      text
        .split(/^---$/m)
        .map(part => (isIt(part) ? change(part) : part))
        .filter(part => part.trim() !== '')
        .join('---');
  }

  /** Runs, and gives the paths that changed on main and on the shard, digests left out. */
  async function touched(): Promise<{ main: string[]; delivery: string[] }> {
    const tips = async () => [
      await fleet.repository.resolve('main'),
      await fleet.repository.resolve(SHARD),
    ];
    const before = await tips();
    await fleet.sync();
    const after = await tips();
    const paths = async (index: number) =>
      (await fleet.repository.diff(before[index], after[index]!)).map(file =>
        file.path.replace(/(versions|revisions)\/[0-9a-f]{12}\//, '$1/D/'),
      );
    expect(fleet.automation.view()!.problems).toEqual([]);
    return { main: await paths(0), delivery: await paths(1) };
  }

  function clustersOf(application: string): string[] {
    const { snapshot, plan } = fleet.automation.view()!;
    const { placed } = plan.applications.get(application)!;
    return [...placed].map(number => snapshot.clusters[number].metadata.name);
  }

  function bills(clusters: readonly string[]): string[] {
    return clusters.map(name => `clusters/${name}/kustomization.yaml`).sort();
  }

  function ofClusters(paths: readonly string[]): string[] {
    return paths.filter(file => file.startsWith('clusters/'));
  }

  it('nothing: no file, and no commit', async () => {
    const commits = async () => [
      await fleet.repository.resolve('main'),
      await fleet.repository.branches('delivery/'),
    ];
    const before = await commits();
    expect(await touched()).toEqual({ main: [], delivery: [] });
    expect(await commits()).toEqual(before);
  });

  it('a new version: its release and its own files; its revision once, and the bills', async () => {
    await edit('applications.yaml', text =>
      text.replace('version: 0.9.2', 'version: 0.9.3'),
    );
    const { main, delivery } = await touched();
    const captured = main.filter(file =>
      file.startsWith('apps/dogs-cats/versions/0.9.3/'),
    );
    expect(captured.length).toBe(5);
    expect(main).toEqual(['apps/dogs-cats/release.yaml', ...captured]);
    expect(ofClusters(delivery)).toEqual(bills(clustersOf('dogs-cats')));
    const revision = delivery.filter(file =>
      file.startsWith('apps/dogs-cats/revisions/D/'),
    );
    expect(revision).toHaveLength(6);
    // One line more says since when nobody names the old revision.
    expect(delivery).toContain(UNREFERENCED);
    expect(delivery).toHaveLength(
      revision.length + clustersOf('dogs-cats').length + 1,
    );
  });

  it('a revision that no bill names: it goes after 90 days, along with the next change', async () => {
    const change = (from: string, to: string) =>
      edit('applications.yaml', text => text.replace(from, to));
    await change('version: 0.9.2', 'version: 0.9.3');
    await touched();
    const [[old]] = [
      ...(await fleet.read(SHARD, UNREFERENCED))!.matchAll(/^apps.*(?=: )/gm),
    ];
    expect(old).toMatch(/^apps\/dogs-cats\/revisions\//);
    now += 90 * 24 * 60 * 60 * 1000;
    expect(await touched()).toEqual({ main: [], delivery: [] });
    await change('version: 0.9.3', 'version: 0.9.4');
    await touched();
    const tip = (await fleet.repository.resolve(SHARD))!;
    expect(await fleet.repository.list(tip, old)).toEqual([]);
    expect(await fleet.read(SHARD, UNREFERENCED)).not.toContain(old);
    // What goes back is written again.
    await change('version: 0.9.4', 'version: 0.9.2');
    await touched();
    const back = (await fleet.repository.resolve(SHARD))!;
    expect(await fleet.repository.list(back, old)).toHaveLength(6);
  });

  it('a value of a group: three files; the values of each of its clusters', async () => {
    await edit('groups.yaml', text =>
      text.replace('Good food by the river', 'Good food by the lake'),
    );
    const { snapshot } = fleet.automation.view()!;
    const members = [...snapshot.groups.members('stores.central')].map(
      number => snapshot.clusters[number].metadata.name,
    );
    const { main, delivery } = await touched();
    expect(main.filter(file => !file.includes('/versions/')).sort()).toEqual([
      'groups/stores.central/group.yaml',
      'groups/stores.central/release.yaml',
    ]);
    expect(new Set(main).size).toBe(3);
    const expected = members.map(
      name => `clusters/${name}/values/kustomization.yaml`,
    );
    expect(delivery.length).toBeGreaterThan(0);
    expect(delivery.filter(file => !expected.includes(file))).toEqual([]);
  });

  it('an application added to a namespace: its own files; its revision, and the bills', async () => {
    await edit(
      'applications.yaml',
      text =>
        `${text}---
apiVersion: res-edge.io/v1alpha1
kind: EdgeApplication
metadata: { name: red-blue }
spec:
  owner: group:default/marketing-team
  namespace: dogs-cats
  source: { path: ./apps/redis }
  version: 1.0.0
  values: { maxMemory: 16mb }
  requests: { cpu: 10m, memory: 16Mi }
`,
    );
    const { main, delivery } = await touched();
    expect(main.filter(file => !file.startsWith('apps/red-blue/'))).toEqual([]);
    expect(main).toHaveLength(7);
    const clusters = clustersOf('red-blue');
    expect(clusters.length).toBeGreaterThan(0);
    expect(ofClusters(delivery)).toEqual(bills(clusters));
    expect(delivery.filter(file => !file.startsWith('clusters/'))).toHaveLength(
      6,
    );
  });

  it('a selector widened: one file, and the lock; the bills', async () => {
    const before = clustersOf('dogs-cats');
    await edit('namespaces.yaml', text =>
      text.replace(
        'selector: { groups: [beta] }',
        'selector: { groups: [beta, stores.west] }',
      ),
    );
    const { main, delivery } = await touched();
    expect(main).toEqual([
      'namespaces/dogs-cats/namespace.yaml',
      'namespaces/dogs-cats/targets.lock.yaml',
    ]);
    const added = clustersOf('dogs-cats').filter(
      name => !before.includes(name),
    );
    expect(added.length).toBeGreaterThan(0);
    expect(delivery).toEqual(bills(added));
  });

  it('a cluster added, changed, moved, removed: its two files; on main shard and locks', async () => {
    const onMain =
      /^(?:\.res-edge\/shards\/.*|namespaces\/[^/]+\/targets\.lock\.yaml)$/;
    const own = (name: string) => [
      `clusters/${name}/kustomization.yaml`,
      `clusters/${name}/values/kustomization.yaml`,
    ];
    const name = 'central-la-nola-2302';
    const added = 'central-la-nola-2399';
    await edit('clusters.yaml', text => {
      const copy = text
        .split(/^---$/m)
        .find(part => part.includes(`name: ${name}`))!;
      return `${text.trimEnd()}\n---${copy.replaceAll('2302', '2399')}`;
    });
    const first = await touched();
    expect(first.delivery).toEqual(own(added));
    expect(first.main.filter(file => !onMain.test(file))).toEqual([]);
    expect(first.main).toContain('.res-edge/shards/shard-001.yaml');

    await edit(
      'clusters.yaml',
      document(added, text =>
        text.replace(/posHost: [0-9.]+/, 'posHost: 10.9.9.9'),
      ),
    );
    const second = await touched();
    expect(second).toEqual({ main: [], delivery: [own(added)[1]] });

    await edit(
      'clusters.yaml',
      document(added, text =>
        text.replace('stores.central.la.nola', 'stores.west.wa.sea'),
      ),
    );
    const third = await touched();
    expect(third.delivery.filter(file => !own(added).includes(file))).toEqual(
      [],
    );
    expect(third.delivery.length).toBeGreaterThan(0);
    expect(third.main.filter(file => !onMain.test(file))).toEqual([]);

    await edit(
      'clusters.yaml',
      document(added, () => ''),
    );
    const fourth = await touched();
    expect(fourth.delivery).toEqual(own(added));
    expect(fourth.main.filter(file => !onMain.test(file))).toEqual([]);
  });

  it('a selector narrowed: one file, and the lock; the bills twice, an hour apart', async () => {
    await edit('namespaces.yaml', text =>
      text.replace(
        'selector: { groups: [beta] }',
        'selector: { groups: [pilot] }',
      ),
    );
    const before = clustersOf('dogs-cats');
    const first = await touched();
    const after = clustersOf('dogs-cats');
    const lost = before.filter(name => !after.includes(name));
    expect(first.main).toHaveLength(2);
    expect(ofClusters(first.delivery)).toEqual(
      bills([...lost, ...after.filter(name => !before.includes(name))]),
    );
    now += 59 * 60 * 1000;
    expect(await touched()).toEqual({ main: [], delivery: [] });
    now += 60 * 1000;
    expect(await touched()).toEqual({ main: [], delivery: bills(lost) });
    expect(await touched()).toEqual({ main: [], delivery: [] });
  });
});
