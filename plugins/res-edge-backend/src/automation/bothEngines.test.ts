import { TestDatabases } from '@backstage/backend-test-utils';
import {
  buildAsArgoCd,
  buildAsFlux,
  BuiltObject,
  KustomizeBuilder,
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
import { reaching, seeded, sortedObjects } from './__testUtils__/fluxBuilds';
import { createTestFleet, TestFleet } from './__testUtils__/TestFleet';

const EXAMPLES = path.resolve(__dirname, '../../../../examples');
const WAVE = 'argocd.argoproj.io/sync-wave';
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

jest.setTimeout(900_000);

describe('what is delivered to Flux and to Argo CD', () => {
  const builder = reaching(KustomizeBuilder.create());
  let folder: string;

  beforeAll(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'res-edge-engines-'));
  });

  afterAll(async () => {
    await fs.rm(folder, { recursive: true, force: true });
  });

  async function deliver(
    yamlFolder: string,
    engine: 'flux' | 'argocd',
  ): Promise<TestFleet> {
    const knex = await databases.init('SQLITE_3');
    await knex.migrate.latest({ directory: migrationsFolder });
    const gitFolder = await fs.mkdtemp(path.join(folder, 'git-'));
    const fleet = await createTestFleet({
      ...{ knex, yamlFolder, engine, direct: ['*'] },
      gitFolder: path.join(gitFolder, 'gitops.git'),
    });
    await fleet.sync();
    return fleet;
  }

  async function treeOf({ repository }: TestFleet) {
    const commit = (await repository.resolve('delivery/shard-001'))!;
    return repository.read(commit, () => true);
  }

  /** Where the two differ: where each engine itself lives. */
  function comparable(
    built: ReadonlyMap<string, readonly BuiltObject[]>,
  ): Record<string, unknown> {
    const all = [...built]
      .filter(([name]) => !name.startsWith('addons-'))
      .map(([name, objects]) => [name, sortedObjects(objects)]);
    const text = JSON.stringify(Object.fromEntries(all));
    return JSON.parse(text.replace(/"(?:flux-system|argocd)"/g, '"engine"'));
  }

  /** What Flux makes wait must come in a later wave of Argo CD. */
  function expectSameOrder(
    byFlux: readonly BuiltObject[],
    byArgoCd: readonly BuiltObject[],
  ): number {
    const wave = new Map(
      byArgoCd
        .filter(({ kind }) => kind === 'Application')
        .map(({ metadata: { name, annotations } }) => [
          name,
          Number((annotations as Record<string, string>)[WAVE]),
        ]),
    );
    const dependsOn = new Map(
      byFlux.map(({ metadata, spec = {} }) => [
        metadata.name,
        ((spec as { dependsOn?: { name: string }[] }).dependsOn ?? []).map(
          ({ name }) => name,
        ),
      ]),
    );
    let pairs = 0;
    for (const [name, first] of dependsOn) {
      // The stage of a namespace's add-ons is one of Flux alone.
      const before = first.flatMap(other =>
        other.startsWith('addons-') ? dependsOn.get(other)! : [other],
      );
      if (!wave.has(name)) continue;
      for (const other of before) {
        expect(`${wave.get(other)! < wave.get(name)!} ${other} ${name}`).toBe(
          `true ${other} ${name}`,
        );
        pairs++;
      }
    }
    return pairs;
  }

  /** Gives how many objects and how many dependencies were compared. */
  async function expectEqual(yamlFolder: string, sample: number) {
    const flux = await deliver(yamlFolder, 'flux');
    const argoCd = await deliver(yamlFolder, 'argocd');
    const [fluxTree, argoCdTree] = [await treeOf(flux), await treeOf(argoCd)];
    expect([...argoCdTree.keys()].join('\n')).not.toContain('/flux/');
    const random = seeded(11);
    const names = flux.automation
      .view()!
      .snapshot.clusters.map(({ metadata }) => metadata.name);
    let objects = 0;
    let pairs = 0;
    for (let i = 0; i < sample && names.length > 0; i++) {
      const [name] = names.splice(random(names.length), 1);
      const byFlux = await buildAsFlux(builder, fluxTree, name);
      const byArgoCd = await buildAsArgoCd(builder, argoCdTree, name);
      const expected = comparable(byFlux.kustomizations);
      expect(comparable(byArgoCd.kustomizations)).toEqual(expected);
      objects += Object.values(expected).flat().length;
      pairs += expectSameOrder(byFlux.bill, byArgoCd.bill);
    }
    return { objects, pairs };
  }

  it('is the same on a sample of the labs', async () => {
    const compared = await expectEqual(path.join(EXAMPLES, 'labs'), 6);
    expect(compared.objects).toBeGreaterThan(50);
    expect(compared.pairs).toBeGreaterThan(5);
  });

  it('is the same on a sample of a retail fleet', async () => {
    const yaml = path.join(folder, 'retail');
    writeRetailFleet(generateRetailFleet({ clusters: 16, seed: 5 }), {
      folder: yaml,
      sources: path.join(EXAMPLES, 'retail/apps'),
      ndjson: false,
    });
    const compared = await expectEqual(yaml, 2);
    expect(compared.objects).toBeGreaterThan(50);
    expect(compared.pairs).toBeGreaterThan(20);
  });
});
