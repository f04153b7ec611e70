import { TestDatabases } from '@backstage/backend-test-utils';
import { EdgePolicyEntity } from '@res-edge/backstage-plugin-res-edge-common';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { migrationsFolder } from '../database/openDatabase';
import { bills, ChangeTable, TableFleet } from './__testUtils__/ChangeTable';
import { labsTable } from './__testUtils__/labsTable';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const UNREFERENCED = '.res-edge/unreferenced.yaml';

jest.setTimeout(300_000);

/** These clusters first, then all others. */
function ringsPolicy(beta: readonly string[]): EdgePolicyEntity {
  return {
    apiVersion: 'res-edge.io/v1alpha1',
    kind: 'EdgePolicy',
    metadata: { name: 'store-rings' },
    spec: {
      type: 'rollout',
      rings: [
        { name: 'beta', clusters: { include: [...beta] } },
        {
          ...{ name: 'prod', clusters: { all: true } },
          ...{ atOnce: '100%', approval: true },
        },
      ],
    },
  };
}

describe('the files that a promotion touches', () => {
  let of: TableFleet;
  let folder: string;
  let table: ChangeTable;

  beforeAll(async () => {
    of = await labsTable();
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'res-edge-rings-'));
    const knex = await databases.init('SQLITE_3');
    await knex.migrate.latest({ directory: migrationsFolder });
    table = await ChangeTable.create(of, folder, knex);
  });

  afterAll(async () => {
    await fs.rm(folder, { recursive: true, force: true });
  });

  it('a new version, promoted to one ring after the other: one line each; the bills of the ring', async () => {
    const application = of.entities.applications.find(
      ({ metadata }) => metadata.name === of.application,
    )!;
    const { name } = application.metadata;
    const release = `apps/${name}/release.yaml`;
    const placed = table.clustersOf(name);
    const [beta, rest] = [placed.slice(0, 1), placed.slice(1)];
    of.entities.policies.push(ringsPolicy(beta));
    expect(await table.touched()).toEqual({
      main: ['policies/store-rings.yaml'],
      delivery: [],
    });
    application.spec.rollout = 'store-rings';
    expect(await table.touched()).toEqual({
      main: [`apps/${name}/application.yaml`, release],
      delivery: [],
    });

    application.spec.version = '9.1.0';
    const started = await table.touched();
    const captured = await table.versionFiles(name, '9.1.0');
    const revision = await table.revisionFiles(name, beta);
    expect(started.main).toEqual([release, ...captured]);
    expect(started.delivery.filter(file => file !== UNREFERENCED)).toEqual(
      [...revision, ...bills(beta)].sort(),
    );

    const lines = (await table.readMain(release))!.split('\n');
    const promoted = await table.promoted(name);
    expect(promoted.main).toEqual([release]);
    const changed = (await table.readMain(release))!
      .split('\n')
      .filter((line, index) => line !== lines[index]);
    expect(changed).toEqual([
      expect.stringMatching(/^ {2}prod: "?[0-9a-f]{12}"? # 9\.1\.0$/),
    ]);
    const more = (await table.revisionFiles(name, placed)).filter(
      file => !revision.includes(file),
    );
    expect(promoted.delivery.filter(file => file !== UNREFERENCED)).toEqual(
      [...more, ...bills(rest)].sort(),
    );
    expect(rest.length).toBeGreaterThan(0);
  });
});
