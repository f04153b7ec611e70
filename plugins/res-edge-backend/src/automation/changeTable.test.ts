import { TestDatabases } from '@backstage/backend-test-utils';
import {
  EdgeApplicationEntity,
  Selector,
} from '@res-edge/backstage-plugin-res-edge-common';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
// The examples are folders to copy, not a package.
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import { generateRetailFleet } from '../../../../examples/retail/generate';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import { Random } from '../../../../examples/retail/fleet/Random';
import { migrationsFolder } from '../database/openDatabase';
import {
  bills,
  ChangeTable,
  TableEntities,
  TableFleet,
  valuesOf,
} from './__testUtils__/ChangeTable';
import { labsTable } from './__testUtils__/labsTable';

const EXAMPLES = path.resolve(__dirname, '../../../../examples');
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

jest.setTimeout(300_000);

const UNREFERENCED = '.res-edge/unreferenced.yaml';
const NOTHING = { main: [], delivery: [] };
const MINUTE = 60 * 1000;
const RETENTION = 90 * 24 * 60 * MINUTE;

/**
 * What each change touches, path by path: the rows of the table in docs/gitops-repository.md, and what they leave for later.
 * The rows share one fleet and run in their order, each on what the ones before have made of it.
 */
function describeChangeTable(
  title: string,
  read: () => TableFleet | Promise<TableFleet>,
): void {
  describe(`the files that a change touches on ${title}`, () => {
    const named = <T extends { metadata: { name: string } }>(
      entities: readonly T[],
      name: string,
    ) => entities.find(({ metadata }) => metadata.name === name)!;
    let of: TableFleet;
    let application: EdgeApplicationEntity;
    let folder: string;
    let table: ChangeTable;

    beforeAll(async () => {
      of = await read();
      application = named(of.entities.applications, of.application);
      folder = await fs.mkdtemp(path.join(os.tmpdir(), 'res-edge-table-'));
      const knex = await databases.init('SQLITE_3');
      await knex.migrate.latest({ directory: migrationsFolder });
      table = await ChangeTable.create(of, folder, knex);
    });

    afterAll(async () => {
      await fs.rm(folder, { recursive: true, force: true });
    });

    it('nothing: no file, and no commit', async () => {
      const before = await table.tips();
      expect(await table.touched()).toEqual(NOTHING);
      expect(await table.tips()).toEqual(before);
    });

    it('a value of a group: three files; the values of each of its clusters', async () => {
      const { name, key } = of.group;
      named(of.entities.groups, name).spec.values![key] = 'changed';
      const { main, delivery } = await table.touched();
      expect(main).toHaveLength(3);
      expect(main.filter(file => !file.includes('/versions/'))).toEqual([
        `groups/${name}/group.yaml`,
        `groups/${name}/release.yaml`,
      ]);
      expect(delivery).toEqual(valuesOf(table.clustersWithValueOf(name, key)));
      expect(delivery.length).toBeGreaterThan(1);
    });

    it('a new version: its release and its own files; its revision once, and the bills', async () => {
      const { name } = application.metadata;
      application.spec.version = '9.0.0';
      const { main, delivery } = await table.touched();
      const captured = await table.versionFiles(name, '9.0.0');
      expect(captured.length).toBeGreaterThan(1);
      expect(main).toEqual([`apps/${name}/release.yaml`, ...captured]);
      const placed = table.clustersOf(name);
      const revision = await table.revisionFiles(name, placed);
      expect(placed.length).toBeGreaterThan(1);
      expect(revision.length).toBeGreaterThan(1);
      // One line more says since when nobody names the old revision.
      expect(delivery).toEqual(
        [UNREFERENCED, ...revision, ...bills(placed)].sort(),
      );
    });

    it('an application added to a namespace: its own files; its revision, and the bills', async () => {
      const { metadata, spec } = application;
      of.entities.applications.push({
        ...application,
        metadata: { ...metadata, name: 'added' },
        // It takes nobody's place.
        spec: {
          ...spec,
          priority: -1000,
          requests: { cpu: '1m', memory: '1Mi' },
        },
      });
      const { main, delivery } = await table.touched();
      expect(main).toEqual([
        'apps/added/application.yaml',
        'apps/added/release.yaml',
        ...(await table.versionFiles('added', spec.version)),
      ]);
      const placed = table.clustersOf('added');
      const revision = await table.revisionFiles('added', placed);
      expect(placed.length).toBeGreaterThan(1);
      expect(delivery).toEqual([...revision, ...bills(placed)].sort());
    });

    it('a selector widened: one file, and the lock; the bills', async () => {
      const { name, widened } = of.namespace;
      const { plan } = table.view();
      named(of.entities.namespaces, name).spec.selector = widened;
      const { main, delivery } = await table.touched();
      expect(main).toEqual([
        `namespaces/${name}/namespace.yaml`,
        `namespaces/${name}/targets.lock.yaml`,
      ]);
      expect(delivery).toEqual(bills(table.clustersThatDiffer(plan)));
      expect(delivery.length).toBeGreaterThan(1);
    });

    it('a selector narrowed: one file, and the lock; the bills twice, an hour apart', async () => {
      const { name, narrowed } = of.namespace;
      const { plan } = table.view();
      named(of.entities.namespaces, name).spec.selector = narrowed;
      const { main, delivery } = await table.touched();
      expect(main).toHaveLength(2);
      expect(delivery).toEqual(bills(table.clustersThatDiffer(plan)));
      table.wait(59 * MINUTE);
      expect(await table.touched()).toEqual(NOTHING);
      table.wait(MINUTE);
      const here = table.view().plan.namespaces.get(name)!;
      const lost = plan.namespaces.get(name)!.clone().andNot(here);
      expect(await table.touched()).toEqual({
        main: [],
        delivery: bills(plan.snapshot.namesOf(lost)),
      });
      expect(await table.touched()).toEqual(NOTHING);
    });

    it('a cluster added, changed, moved, removed: its two files; on main shard and locks', async () => {
      const lock = /^namespaces\/[^/]+\/targets\.lock\.yaml$/;
      const shard = '.res-edge/shards/shard-001.yaml';
      const { clusters } = of.entities;
      const [model, target] = of.clusters.map(name => named(clusters, name));
      const name = 'added';
      const cluster = structuredClone(model);
      cluster.metadata.name = name;
      const own = [...bills([name]), ...valuesOf([name])];

      clusters.push(cluster);
      const added = await table.touched();
      expect(added.delivery).toEqual(own);
      expect(added.main.filter(file => !lock.test(file))).toEqual([shard]);

      cluster.spec.values = { ...cluster.spec.values, posHost: '10.9.9.9' };
      const changed = await table.touched();
      expect(changed).toEqual({ main: [], delivery: valuesOf([name]) });

      cluster.spec.groups = target.spec.groups;
      const moved = await table.touched();
      expect(moved.delivery.filter(file => !own.includes(file))).toEqual([]);
      expect(moved.delivery).not.toEqual([]);
      expect(moved.main.filter(file => !lock.test(file))).toEqual([]);

      clusters.pop();
      const removed = await table.touched();
      expect(removed.delivery).toEqual(own);
      expect(removed.main.filter(file => !lock.test(file))).toEqual([shard]);
    });

    it('a revision that no bill names: it goes after 90 days, along with the next change', async () => {
      const { name } = application.metadata;
      const files = () => table.revisionFiles(name, table.clustersOf(name));
      const old = await files();
      application.spec.version = '9.0.1';
      await table.touched();
      table.wait(RETENTION);
      expect(await table.touched()).toEqual(NOTHING);
      application.spec.version = '9.0.2';
      const { delivery } = await table.touched();
      expect(delivery).toEqual(expect.arrayContaining(old));
      expect(await table.read(old[0])).toBeUndefined();
      // What goes back is written again.
      application.spec.version = '9.0.0';
      await table.touched();
      expect(await files()).toEqual(old);
    });
  });
}

describeChangeTable('the labs fleet', labsTable);

/** Some of its namespaces: each application more is a build more. */
const NAMESPACES = new Set([
  'campus-offers',
  'energy',
  'heartbeat',
  'loyalty',
  'menu-boards',
  'observability',
  'point-of-sale',
]);

function retailEntities(): TableEntities {
  const fleet = generateRetailFleet({ clusters: 20, seed: 7 });
  return {
    ...fleet,
    namespaces: fleet.namespaces.filter(({ metadata }) =>
      NAMESPACES.has(metadata.name),
    ),
    applications: fleet.applications.filter(({ spec }) =>
      NAMESPACES.has(spec.namespace!),
    ),
  };
}

const RETAIL = {
  sources: path.join(EXAMPLES, 'retail/apps'),
  application: 'allergen-lookup',
  group: { name: 'delivery.depot.northeast', key: 'depotHost' },
};

describeChangeTable('a retail fleet', () => {
  const entities = retailEntities();
  return {
    ...RETAIL,
    entities,
    namespace: {
      name: 'campus-offers',
      widened: '/g/marketing/channel/campus or /g/marketing/channel/mall',
      narrowed: { groups: ['marketing.channel.mall'] },
    },
    clusters: ['us-northeast-nj-0001', 'us-west-or-0001'],
  };
});

describeChangeTable('a fleet whose selectors follow no business line', () => {
  const random = new Random(11);
  const entities = retailEntities();
  const names = entities.clusters.map(({ metadata }) => metadata.name);
  const some = (chance: number) => names.filter(() => random.chance(chance));
  const selector = (): Selector => {
    const area = random.between(150, 450);
    const letter = 'aeinorst'.charAt(random.between(0, 7));
    switch (random.between(0, 3)) {
      case 0:
        return { include: some(0.5) };
      case 1:
        return {
          matchExpressions: [
            { key: 'floorArea', operator: 'Gt', values: [area] },
          ],
          include: some(0.2),
        };
      case 2:
        return {
          expression: `cluster.name.endsWith("${letter}-0001") || cluster.attributes.floorArea < ${area}`,
          exclude: some(0.2),
        };
      default:
        return {
          matchExpressions: [
            { key: 'opened', operator: 'Le', values: [2020] },
            { key: 'freezerUnits', operator: 'In', values: [1, 4] },
          ],
          include: some(0.1),
        };
    }
  };
  for (const { spec } of entities.namespaces) spec.selector = selector();
  for (const { spec } of entities.applications) {
    if (random.chance(0.3)) {
      const year = random.between(2004, 2020);
      spec.requires = [`cluster.attributes.opened >= ${year}`];
    }
  }
  return {
    ...RETAIL,
    entities,
    namespace: {
      name: 'campus-offers',
      widened: { all: true },
      narrowed: { include: some(0.5) },
    },
    clusters: [names[5], names[15]],
  };
});
