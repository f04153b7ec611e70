import { TestDatabases } from '@backstage/backend-test-utils';
import { compileSelector } from '@res-edge/backstage-plugin-res-edge-engine';
import {
  buildAsFlux,
  BuiltObject,
  KustomizeBuilder,
  ManifestBuilder,
  parseObjects,
} from '@res-edge/backstage-plugin-res-edge-node';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
// The examples are folders to copy, not a package.
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import {
  generateRetailFleet,
  writeRetailFleet,
} from '../../../../examples/retail/generate';
import { migrationsFolder } from '../database/openDatabase';
import { createTestFleet, TestFleet } from './__testUtils__/TestFleet';
import { expectedObjects } from './__testUtils__/expectedObjects';
import {
  reaching,
  REVISION,
  seeded,
  sortedObjects,
} from './__testUtils__/fluxBuilds';

const SOURCES = path.resolve(__dirname, '../../../../examples/retail/apps');
const DAY = 24 * 60 * 60 * 1000;
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

jest.setTimeout(300_000);

type Files = ReadonlyMap<string, Buffer>;

describe('what a retail fleet delivers, built as Flux builds it', () => {
  const builder = KustomizeBuilder.create();
  const random = seeded(7);
  const retail = generateRetailFleet({ clusters: 40, seed: 7 });
  let folder: string;
  let now = 0;
  let fleet: TestFleet;

  function writeYaml(): void {
    const yaml = path.join(folder, 'fleet');
    writeRetailFleet(retail, { folder: yaml, sources: SOURCES, ndjson: false });
  }

  async function createFleet(name: string): Promise<TestFleet> {
    const knex = await databases.init('SQLITE_3');
    await knex.migrate.latest({ directory: migrationsFolder });
    const created = await createTestFleet({
      knex,
      yamlFolder: path.join(folder, 'fleet'),
      gitFolder: path.join(folder, `${name}.git`),
      direct: ['*'],
      now: () => new Date(now),
    });
    await created.sync();
    return created;
  }

  beforeAll(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'res-edge-retail-'));
    writeYaml();
    fleet = await createFleet('fleet');
  });

  afterAll(async () => {
    await fs.rm(folder, { recursive: true, force: true });
  });

  async function delivered(from: TestFleet = fleet): Promise<Files> {
    const branches = await from.repository.branches('delivery/');
    expect([...branches.keys()]).toEqual(['delivery/shard-001']);
    return from.repository.read(
      branches.get('delivery/shard-001')!,
      () => true,
    );
  }

  async function sourceOf(name: string): Promise<BuiltObject[]> {
    const { releases } = fleet.automation
      .view()!
      .decisions.applications.get(name)!;
    const prefix = `apps/${name}/versions/${releases[0].version}/`;
    const main = (await fleet.repository.resolve('main'))!;
    const files = await fleet.repository.read(main, file =>
      file.startsWith(prefix),
    );
    const relative = [...files].map(
      ([file, content]) => [file.slice(prefix.length), content] as const,
    );
    return parseObjects(await builder.build(new Map(relative)));
  }

  const sources = new Map<string, Promise<BuiltObject[]>>();

  function builtSource(name: string): Promise<BuiltObject[]> {
    const { releases } = fleet.automation
      .view()!
      .decisions.applications.get(name)!;
    const key = `${name}@${releases[0].version}`;
    const source = sources.get(key) ?? sourceOf(name);
    sources.set(key, source);
    return source;
  }

  /** Builds a cluster, compares its applications with what the engine says, and counts them. */
  async function expectBuilt(tree: Files, cluster: string): Promise<number> {
    const view = fleet.automation.view()!;
    const { snapshot, plan, decisions } = view;
    const number = snapshot.numberOf(cluster)!;
    const built = await buildAsFlux(reaching(builder), tree, cluster);
    const { kustomizations } = built;
    const placed = [...plan.applications.values()].filter(application =>
      application.placed.has(number),
    );
    const names = [...kustomizations.keys()];
    expect(names.filter(name => name.startsWith('app-')).sort()).toEqual(
      placed.map(({ name }) => `app-${name}`).sort(),
    );
    expect(names.filter(name => name.startsWith('ns-')).sort()).toEqual(
      [...plan.namespaces]
        .filter(([, clusters]) => clusters.has(number))
        .map(([name]) => `ns-${name}`)
        .sort(),
    );
    for (const { name } of placed) {
      const [{ overrides }] = decisions.applications.get(name)!.releases;
      const holds = (override: string) => {
        const { selector } = overrides.find(item => item.name === override)!;
        return compileSelector(snapshot, selector).clusters.has(number);
      };
      const source = await builtSource(name);
      expect(sortedObjects(kustomizations.get(`app-${name}`)!)).toEqual(
        sortedObjects(expectedObjects(view, name, cluster, source, holds)),
      );
    }
    return placed.length;
  }

  it('is what was registered: two clusters have a mistake, and all else is planned', () => {
    const { snapshot, problems } = fleet.automation.view()!;
    expect(snapshot.size).toBe(40);
    expect(problems.map(({ field }) => field).sort()).toEqual([
      'spec.capacity.memory',
      'spec.groups[5]',
    ]);
  });

  it('builds everywhere: each bill, and each distinct combination of a revision and components', async () => {
    const tree = await delivered();
    const built = new Set<string>();
    const folders = new Set<string>();
    // The cluster's own values are at another path in each bill; what is built once is not built again.
    const once: ManifestBuilder = {
      build: async (files, at = '') => {
        if (!REVISION.test(`${at}/`)) return reaching(builder).build(files, at);
        const text = Buffer.from(files.get(`${at}/kustomization.yaml`)!);
        const key = `${at}\n${text
          .toString()
          .replace(/clusters\/[^/]+\/values/g, 'own')}`;
        if (built.has(key)) return '';
        built.add(key);
        folders.add(at);
        return reaching(builder).build(files, at);
      },
    };
    for (const { metadata, spec } of fleet.automation.view()!.snapshot
      .clusters) {
      if (spec.state !== 'retired')
        await buildAsFlux(once, tree, metadata.name);
    }
    const manifests = [...tree.keys()].flatMap(
      file =>
        /^((?:apps|namespaces)\/.*)\/kustomization\.yaml$/.exec(file)?.[1] ??
        [],
    );
    const missed = manifests.filter(
      name => !name.endsWith('/flux') && !folders.has(name),
    );
    expect(missed).toEqual([]);
  });

  it('is on a sample of clusters exactly what the engine says', async () => {
    const tree = await delivered();
    const names = fleet.automation
      .view()!
      .snapshot.clusters.map(({ metadata }) => metadata.name);
    for (let i = 0; i < 8; i++) {
      const [cluster] = names.splice(random(names.length), 1);
      expect(await expectBuilt(tree, cluster)).toBeGreaterThan(0);
    }
  });

  it('is after a series of changes what a fresh portal delivers', async () => {
    const pick = <T>(items: readonly T[]): T => items[random(items.length)];
    const changes: (() => void)[] = [
      () => {
        const [from, to] = [pick(retail.clusters), pick(retail.clusters)];
        from.spec.groups = [...(to.spec.groups ?? [])];
      },
      () => {
        pick(retail.applications).spec.version = '9.1.0';
      },
      () => {
        const group = retail.groups.find(({ spec }) => spec.values?.taxRegion)!;
        group.spec.values = { ...group.spec.values, taxRegion: 'changed' };
      },
      () => {
        const all = retail.namespaces.filter(
          ({ spec }) =>
            typeof spec.selector === 'object' && spec.selector.all === true,
        );
        pick(all).spec.selector = { groups: ['geo.us'] };
      },
      () => {
        retail.clusters.splice(random(retail.clusters.length), 1);
      },
      () => {
        const model = retail.applications[0];
        retail.applications.push({
          ...model,
          metadata: { ...model.metadata, name: 'added' },
          // What runs stays where two are equal, so that a tie would be decided by history.
          spec: { ...model.spec, priority: 0 },
        });
      },
    ];
    const before = await delivered();
    while (changes.length > 0) {
      const [change] = changes.splice(random(changes.length), 1);
      change();
      writeYaml();
      now += DAY;
      await fleet.sync();
    }
    // A namespace leaves in a second step.
    now += DAY;
    await fleet.sync();

    const tree = await delivered();
    const fresh = await createFleet('fresh');
    expect(named(tree)).toEqual(named(await delivered(fresh)));

    const changed = fleet.automation
      .view()!
      .snapshot.clusters.map(({ metadata }) => metadata.name)
      .filter(name =>
        [...tree].some(
          ([file, content]) =>
            file.startsWith(`clusters/${name}/`) &&
            !before.get(file)?.equals(content),
        ),
      );
    for (let i = 0; i < 3; i++) {
      const [cluster] = changed.splice(random(changed.length), 1);
      expect(await expectBuilt(tree, cluster)).toBeGreaterThan(0);
    }
  });
});

/** What bills name, by path: what was left for going back is not compared. */
function named(tree: Files): Record<string, string> {
  const bills = [...tree]
    .filter(([file]) => /^clusters\/[^/]+\/kustomization\.yaml$/.test(file))
    .map(([, content]) => content.toString())
    .join('\n');
  const entries = [...tree].filter(([file]) => {
    const revision = /^.*\/revisions\/[^/]+/.exec(file)?.[0];
    if (revision !== undefined) return bills.includes(revision);
    return !file.startsWith('.res-edge/unreferenced');
  });
  return Object.fromEntries(
    entries.map(([file, content]) => [file, content.toString()]),
  );
}
