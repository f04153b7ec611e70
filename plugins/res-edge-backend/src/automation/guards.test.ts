import { TestDatabases } from '@backstage/backend-test-utils';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { migrationsFolder } from '../database/openDatabase';
import { createTestFleet, TestFleet } from './__testUtils__/TestFleet';

const LABS = path.resolve(__dirname, '../../../../examples/labs');
const SHARD = 'delivery/shard-001';
const HOUR = 60 * 60 * 1000;
const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

jest.setTimeout(120_000);

describe.each(databases.eachSupportedId())(
  'what is taken away from many clusters, %s',
  databaseId => {
    let folder: string;
    let now = 0;
    let open: (guardAtLeast: number, direct?: string[]) => Promise<TestFleet>;

    beforeEach(async () => {
      now = Date.parse('2026-11-20T12:00:00Z');
      folder = await fs.mkdtemp(path.join(os.tmpdir(), 'res-edge-guard-'));
      await fs.cp(LABS, path.join(folder, 'labs'), { recursive: true });
      const knex = await databases.init(databaseId);
      await knex.migrate.latest({ directory: migrationsFolder });
      open = (guardAtLeast, direct = ['*']) =>
        createTestFleet({
          knex,
          yamlFolder: path.join(folder, 'labs'),
          gitFolder: path.join(folder, 'gitops.git'),
          direct,
          now: () => new Date(now),
          guardAtLeast,
        });
    });

    afterEach(async () => {
      await fs.rm(folder, { recursive: true, force: true });
    });

    /** Changes the documents of a file. */
    async function edit(file: string, change: (document: string) => string) {
      const name = path.join(folder, 'labs', file);
      const documents = (await fs.readFile(name, 'utf8')).split(/^---$/m);
      const changed = documents.map(change).filter(text => text.trim() !== '');
      await fs.writeFile(name, changed.join('---'));
    }

    const select = (selector: string) =>
      edit('namespaces.yaml', text =>
        /name: imdb\b/.test(text)
          ? text.replace(
              /selector:[^]*?(?=\n {2}[a-z])/,
              `selector: ${selector}`,
            )
          : text,
      );
    const reach = (fleet: TestFleet) =>
      fleet.automation.view()!.delivered.applicationClusters('imdb');
    const guards = (fleet: TestFleet) =>
      fleet.automation
        .listGuards()
        .map(({ scope, name, lost, before, total }) =>
          [scope, name, lost, before, total].join(' '),
        );
    /** One may be enough for several: what is signed off counts in none of them. */
    const signOff = async (fleet: TestFleet) => {
      for (;;) {
        const [first] = fleet.automation.listGuards();
        if (!first) return;
        await fleet.automation.signOffGuard(
          first.id,
          'user:default/ann',
          'Closed',
        );
        await fleet.automation.run('test');
      }
    };
    const folderOf = async (fleet: TestFleet, cluster: string) =>
      fleet.read(SHARD, `clusters/${cluster}/kustomization.yaml`);

    it('waits for a person, and holds nothing else', async () => {
      let fleet = await open(3);
      await select('{ all: true }');
      await fleet.sync();
      expect(reach(fleet)).toBe(18);

      await select('{ groups: [stores.west] }');
      await edit('applications.yaml', text =>
        text.replace('version: 0.9.2', 'version: 0.9.3'),
      );
      await fleet.sync();
      expect(reach(fleet)).toBe(18);
      // One question for each application, and none more for what is around it.
      expect(guards(fleet)).toEqual([
        'application imdb 12 0 18',
        'application redis 12 0 18',
      ]);
      expect(fleet.automation.view()!.problems).toContainEqual({
        entity: 'edgeapplication:default/imdb',
        field: '',
        message:
          "12 of 18 clusters would lose it: that waits for a person's sign-off",
      });
      const dogs = fleet.automation
        .view()!
        .snapshot.clusters.map(({ metadata }) =>
          fleet.automation
            .view()!
            .delivered.version(metadata.name, 'dogs-cats'),
        );
      expect(dogs).toContain('0.9.3');
      expect(dogs).not.toContain('0.9.2');

      fleet = await open(3);
      await fleet.sync();
      expect(reach(fleet)).toBe(18);
      await expect(
        fleet.automation.signOffGuard('other', 'user:default/ann', 'x'),
      ).rejects.toThrow('something else by now');
      await signOff(fleet);
      expect(guards(fleet)).toEqual([]);
      expect(reach(fleet)).toBe(6);
      expect(fleet.automation.view()!.problems).toEqual([]);

      // A yes holds once.
      await select('{ all: true }');
      await fleet.sync();
      expect(reach(fleet)).toBe(18);
      await select('{ groups: [stores.west] }');
      await fleet.sync();
      expect(reach(fleet)).toBe(18);
    });

    it('counts what was lost within a day', async () => {
      const fleet = await open(3);
      await select('{ all: true }');
      await fleet.sync();
      const [a, b, c] = fleet.automation
        .view()!
        .snapshot.clusters.map(({ metadata }) => metadata.name);
      await select(`{ all: true, exclude: [${a}, ${b}] }`);
      await fleet.sync();
      expect(reach(fleet)).toBe(16);
      now += 23 * HOUR;
      await select(`{ all: true, exclude: [${a}, ${b}, ${c}] }`);
      await fleet.sync();
      expect(reach(fleet)).toBe(16);
      expect(guards(fleet)).toContain('application imdb 3 2 18');
      now += HOUR;
      await fleet.sync();
      expect(guards(fleet)).toEqual([]);
      expect(reach(fleet)).toBe(15);
    });

    it('keeps the folders of clusters that are retired or no longer registered', async () => {
      const fleet = await open(3);
      await fleet.sync();
      const names = fleet.automation
        .view()!
        .snapshot.clusters.map(({ metadata }) => metadata.name);
      const gone = names.slice(0, 2);
      const retired = names[2];
      const before = await Promise.all(
        [...gone, retired].map(name => folderOf(fleet, name)),
      );
      const shards = await fleet.read(
        'main',
        '.res-edge/shards/shard-001.yaml',
      );
      await edit('clusters.yaml', text => {
        if (gone.some(name => text.includes(`name: ${name}`))) return '';
        return text.includes(`name: ${retired}`)
          ? text.replace(/^spec:$/m, 'spec:\n  state: retired')
          : text;
      });
      await fleet.sync();
      expect(guards(fleet).length).toBeGreaterThan(0);
      const after = () =>
        Promise.all([...gone, retired].map(name => folderOf(fleet, name)));
      expect(await after()).toEqual(before);
      expect(await fleet.read('main', '.res-edge/shards/shard-001.yaml')).toBe(
        shards,
      );
      await signOff(fleet);
      const [one, two, three] = await after();
      expect([one, two]).toEqual([undefined, undefined]);
      expect(three).not.toBe(before[2]);
    });

    it('takes away by a merged prohibition, whatever comes into its reach later', async () => {
      await (await open(2)).sync();
      const fleet = await open(2, []);
      const file = path.join(folder, 'labs/policies.yaml');
      await fs.appendFile(
        file,
        `---
apiVersion: res-edge.io/v1alpha1
kind: EdgePolicy
metadata: { name: no-movies }
spec:
  type: prohibition
  applications: { names: [imdb] }
  clusters: { expression: '"movies" in cluster.labels && cluster.labels.movies == "no"' }
  reason: No movies here
`,
      );
      const label = async (count: number) => {
        let left = count;
        await edit('clusters.yaml', text => {
          if (left === 0 || !/labels: \{ (?!movies)/.test(text)) return text;
          left -= 1;
          return text.replace(/labels: \{/, 'labels: { movies: "no",');
        });
      };
      await label(3);
      await fleet.sync();
      const [request] = await fleet.stores.changeRequests.listOpen();
      expect(request.totals.lost).toBe(3);
      await fleet.automation.mergeChangeRequest(
        request.id,
        request.digest,
        'user:default/ann',
      );
      await fleet.automation.run('test');
      expect(guards(fleet)).toEqual([]);
      expect(reach(fleet)).toBe(15);
      await label(4);
      await fleet.sync();
      expect(guards(fleet)).toEqual([]);
      expect(reach(fleet)).toBe(11);
    });
  },
);
