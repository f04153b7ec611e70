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
import { migrationsFolder } from '../database/openDatabase';
import { reaching } from './__testUtils__/fluxBuilds';
import { createTestFleet, TestFleet } from './__testUtils__/TestFleet';

const LABS = path.resolve(__dirname, '../../../../examples/labs');
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const PROD = 'central-la-nola-2302';
const LAB = 'central-la-nola-2301';
const REGISTRIES = `
  registries:
    - from: registry.example.com/edge
      to: registry.prod.example/acme
      environments: [prod]
    - from: registry.example.com
      to: registry.lab.example:5000/mirror
      environments: [lab]`;
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

jest.setTimeout(300_000);

describe('the registries of an environment', () => {
  const builder = reaching(KustomizeBuilder.create());
  let folder: string;

  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'res-edge-registries-'));
    await fs.cp(LABS, path.join(folder, 'labs'), { recursive: true });
    await edit('apps/redis/deployment.yaml', text =>
      text.replace(/redis:7\.4\.1/, `redis@${DIGEST}`),
    );
    // A value of the cluster is found by its place in the text, which another registry must not shift.
    await edit('apps/imdb/deployment.yaml', text =>
      text.replace('imdb:1.0.1', 'imdb:${{ cluster.name }}'),
    );
    await edit('clusters.yaml', text =>
      text.replace(
        new RegExp(`(name: ${LAB}\\b[^]*?environment: )prod`),
        '$1lab',
      ),
    );
  });

  afterEach(async () => {
    await fs.rm(folder, { recursive: true, force: true });
  });

  async function edit(file: string, change: (text: string) => string) {
    const name = path.join(folder, 'labs', file);
    const text = await fs.readFile(name, 'utf8');
    expect(change(text)).not.toBe(text);
    await fs.writeFile(name, change(text));
  }

  /** Images of Deployments that a cluster gets, by application. */
  function imagesOf(
    kustomizations: ReadonlyMap<string, readonly BuiltObject[]>,
  ): Record<string, string> {
    const found = [...kustomizations].flatMap(([name, objects]) =>
      objects
        .filter(({ kind }) => kind === 'Deployment')
        .map(({ spec }) => {
          const { template } = spec as {
            template: { spec: { containers: { image: string }[] } };
          };
          return [name, template.spec.containers[0].image];
        }),
    );
    return Object.fromEntries(found);
  }

  async function build(
    fleet: TestFleet,
    engine: 'flux' | 'argocd',
    cluster: string,
  ) {
    const commit = (await fleet.repository.resolve('delivery/shard-001'))!;
    const tree = await fleet.repository.read(commit, () => true);
    const buildAs = engine === 'flux' ? buildAsFlux : buildAsArgoCd;
    const { kustomizations } = await buildAs(builder, tree, cluster);
    return imagesOf(kustomizations);
  }

  const versionsOf = async ({ repository }: TestFleet) =>
    (await repository.list((await repository.resolve('main'))!)).filter(
      ({ path: file }) =>
        file.includes('/versions/') && file.startsWith('apps'),
    );

  it.each([['flux'], ['argocd']] as const)(
    'are where its clusters pull from, by %s, and versions stay byte for byte',
    async engine => {
      const knex = await databases.init('SQLITE_3');
      await knex.migrate.latest({ directory: migrationsFolder });
      const fleet = await createTestFleet({
        ...{ knex, engine, yamlFolder: path.join(folder, 'labs') },
        ...{ gitFolder: path.join(folder, 'gitops.git'), direct: ['*'] },
      });
      await fleet.sync();
      const versions = await versionsOf(fleet);
      const captured = {
        'app-imdb': `registry.example.com/edge/imdb:${PROD}`,
        'app-redis': `registry.example.com/library/redis@${DIGEST}`,
      };
      const before = await build(fleet, engine, PROD);
      expect(before).toMatchObject(captured);

      await edit('namespaces.yaml', text =>
        text
          .split('---')
          .map(each =>
            /name: imdb$/m.test(each)
              ? each.replace(/\n {2}environment: prod/, `$&${REGISTRIES}`)
              : each,
          )
          .join('---'),
      );
      await fleet.sync();
      expect(fleet.automation.view()!.problems).toEqual([]);

      expect(await build(fleet, engine, PROD)).toEqual({
        ...before,
        'app-imdb': `registry.prod.example/acme/imdb:${PROD}`,
      });
      const mirror = 'registry.lab.example:5000/mirror';
      expect(await build(fleet, engine, LAB)).toMatchObject({
        'app-imdb': `${mirror}/edge/imdb:${LAB}`,
        'app-redis': `${mirror}/library/redis@${DIGEST}`,
        // Of another namespace, which says nothing of it.
        'app-heartbeat': before['app-heartbeat'],
      });
      expect(await versionsOf(fleet)).toEqual(versions);

      // A cluster that changes its environment pulls from there.
      await edit('clusters.yaml', text =>
        text.replace('environment: lab', 'environment: prod'),
      );
      await fleet.sync();
      expect(await build(fleet, engine, LAB)).toMatchObject({
        'app-imdb': `registry.prod.example/acme/imdb:${LAB}`,
      });
      expect(await versionsOf(fleet)).toEqual(versions);
    },
  );
});
