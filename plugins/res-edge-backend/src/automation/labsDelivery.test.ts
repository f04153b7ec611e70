import { TestDatabases } from '@backstage/backend-test-utils';
import { compileSelector } from '@res-edge/backstage-plugin-res-edge-engine';
import {
  buildAsFlux,
  BuiltObject,
  KustomizeBuilder,
  parseObjects,
} from '@res-edge/backstage-plugin-res-edge-node';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { migrationsFolder } from '../database/openDatabase';
import { createTestFleet, TestFleet } from './__testUtils__/TestFleet';
import { expectedObjects } from './__testUtils__/expectedObjects';

const LABS = path.resolve(__dirname, '../../../../examples/labs');
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

jest.setTimeout(300_000);

function sorted(objects: readonly BuiltObject[]): BuiltObject[] {
  const keyOf = ({ kind, metadata }: BuiltObject) => `${kind}/${metadata.name}`;
  return [...objects].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

describe('what the labs fleet delivers, built as Flux builds it', () => {
  const builder = KustomizeBuilder.create();
  let folder: string;
  let fleet: TestFleet;

  beforeAll(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'res-edge-labs-'));
    const knex = await databases.init('SQLITE_3');
    await knex.migrate.latest({ directory: migrationsFolder });
    const gitFolder = path.join(folder, 'gitops.git');
    fleet = await createTestFleet({
      knex,
      yamlFolder: LABS,
      gitFolder,
      direct: ['*'],
    });
    await fleet.sync();
  });

  afterAll(async () => {
    await fs.rm(folder, { recursive: true, force: true });
  });

  it('is on every cluster exactly what the engine says', async () => {
    const view = fleet.automation.view()!;
    const { snapshot, plan, decisions } = view;
    const main = (await fleet.repository.resolve('main'))!;
    const delivery = (await fleet.repository.resolve('delivery/shard-001'))!;
    const tree = await fleet.repository.read(delivery, () => true);
    const sources = new Map<string, BuiltObject[]>();
    for (const [name, { releases }] of decisions.applications) {
      const prefix = `apps/${name}/versions/${releases[0].version}/`;
      const files = await fleet.repository.read(main, file =>
        file.startsWith(prefix),
      );
      const relative = new Map(
        [...files].map(([file, content]) => [
          file.slice(prefix.length),
          content,
        ]),
      );
      sources.set(name, parseObjects(await builder.build(relative)));
    }

    let placements = 0;
    for (const [number, { metadata }] of snapshot.clusters.entries()) {
      const cluster = metadata.name;
      const { kustomizations } = await buildAsFlux(builder, tree, cluster);
      const applications = [...plan.applications.values()].filter(
        ({ placed }) => placed.has(number),
      );
      const namespaces = [...plan.namespaces].filter(([, clusters]) =>
        clusters.has(number),
      );
      const addOnNamespaces = new Set(
        applications
          .filter(
            ({ name }) =>
              decisions.applications.get(name)!.entity.spec.type === 'addon',
          )
          .map(({ namespace }) => namespace),
      );
      expect([...kustomizations.keys()].sort()).toEqual(
        [
          ...applications.map(({ name }) => `app-${name}`),
          ...namespaces.map(([name]) => `ns-${name}`),
          // The add-ons of a namespace are one stage, which its applications depend on.
          ...[...addOnNamespaces].map(name => `addons-${name}`),
        ].sort(),
      );
      for (const { name } of applications) {
        const [{ overrides }] = decisions.applications.get(name)!.releases;
        const holds = (override: string) => {
          const { selector } = overrides.find(item => item.name === override)!;
          return compileSelector(snapshot, selector).clusters.has(number);
        };
        const expected = expectedObjects(
          view,
          name,
          cluster,
          sources.get(name)!,
          holds,
        );
        expect(sorted(kustomizations.get(`app-${name}`)!)).toEqual(
          sorted(expected),
        );
        placements++;
      }
      for (const [name] of namespaces) {
        const objects = kustomizations.get(`ns-${name}`)!;
        expect(
          objects.find(({ kind }) => kind === 'Namespace')?.metadata.name,
        ).toBe(name);
      }
    }
    expect(placements).toBeGreaterThan(18);
  });

  it('holds no file that no cluster reads', async () => {
    const delivery = (await fleet.repository.resolve('delivery/shard-001'))!;
    const tree = await fleet.repository.read(delivery, () => true);
    const bills = [...tree].filter(([file]) =>
      /^clusters\/[^/]+\/kustomization\.yaml$/.test(file),
    );
    const text = bills
      .map(([, content]) => content.toString('utf8'))
      .join('\n');
    const unread = [...tree.keys()].filter(file => {
      const revision = /^(.*\/revisions\/[^/]+)\//.exec(file)?.[1];
      return revision !== undefined && !text.includes(revision);
    });
    expect(unread).toEqual([]);
  });
});
