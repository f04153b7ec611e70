import { TestDatabases } from '@backstage/backend-test-utils';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { migrationsFolder } from '../database/openDatabase';
import { createTestFleet, TestFleet } from './__testUtils__/TestFleet';

const LABS = path.resolve(__dirname, '../../../../examples/labs');
const SHARD = 'delivery/shard-001';
const AUSTIN = 'central-tx-atx-2301';
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const PROHIBITION = `
apiVersion: res-edge.io/v1alpha1
kind: EdgePolicy
metadata: { name: recall }
spec:
  type: prohibition
  applications: { names: [imdb] }
  clusters: { include: [${AUSTIN}] }
  reason: Recalled
`;

jest.setTimeout(120_000);

describe('a draining cluster of the labs fleet', () => {
  let folder: string;
  let fleet: TestFleet;

  beforeAll(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'res-edge-draining-'));
    await fs.cp(LABS, path.join(folder, 'labs'), { recursive: true });
    const knex = await databases.init('SQLITE_3');
    await knex.migrate.latest({ directory: migrationsFolder });
    fleet = await createTestFleet({
      knex,
      yamlFolder: path.join(folder, 'labs'),
      gitFolder: path.join(folder, 'gitops.git'),
      direct: ['*'],
    });
    await fleet.sync();
  });

  afterAll(async () => {
    await fs.rm(folder, { recursive: true, force: true });
  });

  async function edit(file: string, change: (text: string) => string) {
    const name = path.join(folder, 'labs', file);
    const text = await fs.readFile(name, 'utf8');
    expect(change(text)).not.toBe(text);
    await fs.writeFile(name, change(text));
  }

  const setState = (from: string, to: string) =>
    edit('clusters.yaml', text =>
      text
        .split(/^---$/m)
        .map(part =>
          part.includes(`name: ${AUSTIN}`)
            ? part.replace(`\nspec:\n${from}`, `\nspec:\n${to}`)
            : part,
        )
        .join('---'),
    );

  const bill = (cluster = AUSTIN) =>
    fleet.read(SHARD, `clusters/${cluster}/kustomization.yaml`);
  const values = () =>
    fleet.read(SHARD, `clusters/${AUSTIN}/values/kustomization.yaml`);

  it('keeps its folder byte for byte, but for what is prohibited; active again, it catches up', async () => {
    const before = [await bill(), await values()];
    await setState('', '  state: draining\n');
    await fleet.sync();
    await edit('applications.yaml', text =>
      text.replace(/(name: imdb\n[^]*?version: )\S+/, '$11.0.99'),
    );
    await edit('groups.yaml', text =>
      text.replace('Good food by the river', 'Good food by the lake'),
    );
    await edit('namespaces.yaml', text =>
      text.replace(/(name: imdb\n[^]*?cpu: )[^,]+/, '$1"9"'),
    );
    await fleet.sync();
    expect([await bill(), await values()]).toEqual(before);
    expect(await bill('central-tx-atx-2302')).toMatch(/imdb\/.* # 1\.0\.99/);

    const { holding, snapshot } = fleet.automation.view()!;
    const austin = snapshot.numberOf(AUSTIN)!;
    expect([...holding.clusters('imdb')]).toEqual([austin]);
    expect(holding.waiting('imdb', austin)).toEqual({
      reasons: [
        {
          rule: `edgecluster:default/${AUSTIN}`,
          reason: 'The cluster is draining',
        },
      ],
    });

    await fs.writeFile(path.join(folder, 'labs/recall.yaml'), PROHIBITION);
    await fleet.sync();
    const entries = (text = '') =>
      text.split('\n').filter(line => line.startsWith('  - ../../'));
    expect(entries(await bill())).toEqual(
      entries(before[0]).filter(line => !line.includes('apps/imdb/')),
    );
    expect(await values()).toBe(before[1]);

    await edit('recall.yaml', text => text.replace(AUSTIN, 'west-wa-sea-2301'));
    await setState('  state: draining\n', '');
    await fleet.sync();
    expect(await bill()).toMatch(/imdb\/.* # 1\.0\.99/);
    expect(await values()).toContain('Good food by the lake');
    expect(fleet.automation.view()!.problems).toEqual([]);
  });
});
