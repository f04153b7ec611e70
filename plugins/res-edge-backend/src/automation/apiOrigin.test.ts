import { TestDatabases } from '@backstage/backend-test-utils';
import { EdgeEntity } from '@res-edge/backstage-plugin-res-edge-common';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { migrationsFolder } from '../database/openDatabase';
import { createTestFleet, TestFleet } from './__testUtils__/TestFleet';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

jest.setTimeout(120_000);

function entityOf(kind: EdgeEntity['kind'], name: string, spec: object) {
  return {
    apiVersion: 'res-edge.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default' },
    spec,
  } as EdgeEntity;
}

const owner = 'group:default/operations';
const ENTITIES = [
  entityOf('EdgeGroup', 'geo', { type: 'geography', values: { tax: 'us' } }),
  entityOf('EdgeCluster', 'store-1', { groups: ['geo'] }),
  entityOf('EdgeNamespace', 'bar', { owner, selector: { all: true } }),
  entityOf('EdgeApplication', 'imdb', {
    owner,
    namespace: 'bar',
    source: { path: './apps/imdb' },
    version: '1.0.0',
  }),
];

describe('what originates in the API', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'res-edge-api-'));
  });

  afterEach(async () => {
    await fs.rm(folder, { recursive: true, force: true });
  });

  async function run(direct: string[]): Promise<TestFleet> {
    const knex = await databases.init('SQLITE_3');
    await knex.migrate.latest({ directory: migrationsFolder });
    const fleet = await createTestFleet({
      knex,
      yamlFolder: folder,
      gitFolder: path.join(folder, 'gitops.git'),
      direct,
    });
    await fleet.stores.inventory.apply(
      ENTITIES.map(entity => ({
        action: 'create',
        kind: entity.kind,
        name: entity.metadata.name,
        entity,
      })),
      { actor: 'user:default/ann', origin: { type: 'api' } },
    );
    await fleet.automation.run('test');
    return fleet;
  }

  it('is proposed as registered YAML is, and an application without a file beside it has a problem', async () => {
    const { automation, stores } = await run([]);
    const open = await stores.changeRequests.listOpen();
    expect(
      open.map(({ intent, requestedBy }) => [intent, requestedBy]).sort(),
    ).toEqual([
      ['edgegroup:default/geo', 'api:'],
      ['edgenamespace:default/bar', 'api:'],
    ]);
    expect(automation.view()!.problems).toContainEqual({
      entity: 'edgeapplication:default/imdb',
      field: 'spec.source.path',
      message: expect.stringContaining('give its manifests to the API'),
    });
  });

  it('takes the manifests of an application from the sources that the API was given', async () => {
    const { automation, stores } = await run(['api:*']);
    const digest = await stores.sources.put(
      new Map([
        ['kustomization.yaml', 'resources: [config.yaml]\n'],
        [
          'config.yaml',
          'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: imdb }\n',
        ],
        [
          'patches/west.yaml',
          'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: imdb }\ndata: { west: "yes" }\n',
        ],
      ]),
      'user:default/ann',
    );
    const apply = (spec: object) =>
      stores.inventory.apply(
        [
          {
            action: 'patch',
            kind: 'EdgeApplication',
            name: 'imdb',
            patch: { spec } as never,
          },
        ],
        { actor: 'user:default/ann', origin: { type: 'api' } },
      );
    await apply({
      source: { path: `./sources/${digest}` },
      overrides: [
        {
          name: 'west',
          selector: { groups: ['geo'] },
          patches: [`./sources/${digest}/patches/west.yaml`],
        },
      ],
    });
    await automation.run('test');
    expect(automation.view()!.problems).toEqual([]);
    expect([...automation.view()!.decisions.applications.keys()]).toEqual([
      'imdb',
    ]);

    await apply({ source: { path: `./sources/${'0'.repeat(64)}` } });
    await automation.run('test');
    expect(automation.view()!.problems).toMatchObject([
      { message: expect.stringContaining('not among the stored sources') },
    ]);
  });

  it('is merged at once where configuration names it', async () => {
    const { automation, stores } = await run(['api:*']);
    await expect(stores.changeRequests.listOpen()).resolves.toEqual([]);
    const { decisions } = automation.view()!;
    expect([...decisions.namespaces.keys()]).toEqual(['bar']);
    expect(decisions.groups.get('geo')?.values).toEqual({ tax: 'us' });
  });
});
