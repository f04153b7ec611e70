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

const SOURCES = path.resolve(__dirname, '../../../../examples/retail/apps');
const DAY = 24 * 60 * 60 * 1000;
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

jest.setTimeout(300_000);

type Files = ReadonlyMap<string, Uint8Array>;

/** Numbers below a limit that are the same in every run. */
function seeded(seed: number): (limit: number) => number {
  let state = seed;
  return limit => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

function sorted(objects: readonly BuiltObject[]): BuiltObject[] {
  const keyOf = ({ kind, metadata }: BuiltObject) => `${kind}/${metadata.name}`;
  return [...objects].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** Hands on only what a revision can reach, so that a build does not write a whole cluster to disk. */
function reaching(builder: ManifestBuilder): ManifestBuilder {
  return {
    build: (files, folder = '') => {
      const own = /^(?:apps|namespaces)\/[^/]+\/revisions\/[^/]+\//.exec(
        `${folder}/`,
      )?.[0];
      if (own === undefined) return builder.build(files, folder);
      const reached = [...files].filter(
        ([file]) =>
          file.startsWith(own) ||
          file.startsWith('groups/') ||
          /^clusters\/[^/]+\/values\//.test(file),
      );
      return builder.build(new Map(reached), folder);
    },
  };
}

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

  /** Builds a cluster, and compares its applications with what the engine says. */
  async function expectBuilt(tree: Files, cluster: string): Promise<void> {
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
      expect(sorted(kustomizations.get(`app-${name}`)!)).toEqual(
        sorted(expectedObjects(view, name, cluster, source, holds)),
      );
    }
  }

  /** What a bill adds to its revisions, but for the cluster's own values: equal ones build alike. */
  function combinations(bill: readonly BuiltObject[], cluster: string) {
    return bill
      .filter(({ kind }) => kind === 'Kustomization')
      .map(({ spec }) =>
        JSON.stringify(spec).replaceAll(`clusters/${cluster}/`, 'own/'),
      );
  }

  it('is what was registered, without a problem', () => {
    const { snapshot, problems } = fleet.automation.view()!;
    expect(snapshot.size).toBe(40);
    expect(problems).toEqual([]);
  });

  it('builds everywhere: each bill, and each distinct combination of a revision and components', async () => {
    const tree = await delivered();
    const { clusters } = fleet.automation.view()!.snapshot;
    const seen = new Set<string>();
    const revisions = new Set<string>();
    const once: ManifestBuilder = {
      build: async (files, at = '') => reaching(builder).build(files, at),
    };
    for (const { metadata, spec } of clusters) {
      if (spec.state === 'retired') continue;
      const cluster = metadata.name;
      const own = new Map(
        [...tree].filter(
          ([file]) =>
            !file.startsWith('clusters/') ||
            file.startsWith(`clusters/${cluster}/`),
        ),
      );
      const bill = parseObjects(
        await builder.build(
          new Map(
            [...own].filter(([file]) => !/\/manifests\//.test(file)),
          ),
          `clusters/${cluster}`,
        ),
      );
      const fresh = combinations(bill, cluster).filter(key => !seen.has(key));
      if (fresh.length === 0) continue;
      const { kustomizations } = await buildAsFlux(once, own, cluster);
      for (const objects of kustomizations.values()) {
        expect(JSON.stringify(objects)).not.toMatch(/\$\{\{|res-edge-unset/);
      }
      for (const key of fresh) {
        seen.add(key);
        const [revision] =
          /(?:apps|namespaces)\/[^/]+\/revisions\/[^/"]+/.exec(key) ?? [];
        if (revision) revisions.add(revision);
      }
    }
    const existing = new Set(
      [...tree.keys()].flatMap(
        file =>
          /^(?:apps|namespaces)\/[^/]+\/revisions\/[^/]+(?=\/)/.exec(file) ?? [],
      ),
    );
    expect([...existing].filter(name => !revisions.has(name))).toEqual([]);
  });

  it('is on a sample of clusters exactly what the engine says', async () => {
    const tree = await delivered();
    const names = fleet.automation
      .view()!
      .snapshot.clusters.map(({ metadata }) => metadata.name);
    for (let i = 0; i < 8; i++) {
      const [cluster] = names.splice(random(names.length), 1);
      await expectBuilt(tree, cluster);
    }
  });
});
