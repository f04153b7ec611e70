import { TestDatabases } from '@backstage/backend-test-utils';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { migrationsFolder } from '../database/openDatabase';
import { SourceServer } from './__testUtils__/SourceServer';
import { createTestFleet, TestFleet } from './__testUtils__/TestFleet';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const apiVersion = 'res-edge.io/v1alpha1';
const owner = 'group:default/team';

jest.setTimeout(120_000);

function manifests(mode: string) {
  return {
    'deploy/kustomization.yaml': 'resources: [a.yaml]\n',
    'deploy/a.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: pos }
data: { mode: ${mode}, store: "\${{ cluster.name }}" }
`,
  };
}

describe('an application whose source is a Git repository', () => {
  let folder: string;
  let yamlFolder: string;
  let source: SourceServer;
  let fleet: TestFleet;

  beforeAll(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'res-edge-sources-'));
    yamlFolder = path.join(folder, 'fleet');
    const clone = path.join(folder, 'team');
    await Promise.all([fs.mkdir(yamlFolder), fs.mkdir(clone)]);
    source = await SourceServer.create(clone);
    const knex = await databases.init('SQLITE_3');
    await knex.migrate.latest({ directory: migrationsFolder });
    const gitFolder = path.join(folder, 'gitops.git');
    fleet = await createTestFleet({
      ...{ knex, yamlFolder, gitFolder, direct: ['*'] },
      reading: source.config,
    });
  });

  afterAll(async () => {
    await source.server.close();
    await fs.rm(folder, { recursive: true, force: true });
  });

  async function register(version: string, revision: string): Promise<void> {
    const git = { url: source.url, path: 'deploy', revision };
    const entities = [
      { kind: 'EdgeCluster', metadata: { name: 'c1' }, spec: {} },
      {
        kind: 'EdgeNamespace',
        metadata: { name: 'shop' },
        spec: { owner, selector: { all: true } },
      },
      {
        kind: 'EdgeApplication',
        metadata: { name: 'pos' },
        spec: { owner, namespace: 'shop', source: { git }, version },
      },
    ];
    const text = entities.map(each => stringify({ apiVersion, ...each }));
    await fs.writeFile(path.join(yamlFolder, 'all.yaml'), text.join('---\n'));
    await fleet.sync();
  }

  const captured = async (version: string) => {
    const at = `apps/pos/versions/${version}`;
    return {
      manifest: await fleet.read('main', `${at}/a.yaml`),
      record: await fleet.read('main', `${at}/.capture.yaml`),
    };
  };

  it('is captured once, at the commit that its revision then is', async () => {
    const first = await source.commit(manifests('one'));
    await register('1.0.0', 'main');
    const { manifest, record } = await captured('1.0.0');
    expect(manifest).toContain('mode: one');
    expect(record).toContain(`${source.url} deploy at main, commit ${first}`);

    await source.commit(manifests('two'), 'v2');
    const asked = source.server.requests.length;
    await fleet.automation.run('again');
    expect(await captured('1.0.0')).toEqual({ manifest, record });
    expect(fleet.automation.view()!.problems).toEqual([]);
    // A version that is captured asks the server no more.
    expect(source.server.requests).toHaveLength(asked);
  });

  it('comes anew with a new version', async () => {
    await register('2.0.0', 'v2');
    expect((await captured('2.0.0')).manifest).toContain('mode: two');
    expect((await captured('1.0.0')).manifest).toContain('mode: one');
    const bill = await fleet.read(
      'delivery/shard-001',
      'clusters/c1/kustomization.yaml',
    );
    expect(bill).toMatch(/apps\/pos\/revisions\/\w+\/flux # 2\.0\.0$/m);
  });

  it('keeps what it is where another revision is named under the same version', async () => {
    await register('2.0.0', 'main');
    const commit = await source.commit(manifests('three'));
    await fleet.automation.run('again');
    const [problem] = fleet.automation.view()!.problems;
    expect(problem).toMatchObject({
      entity: 'edgeapplication:default/pos',
      field: 'spec.version',
    });
    expect((await captured('2.0.0')).manifest).toContain('mode: two');
    expect(commit).toMatch(/^[0-9a-f]{40}$/);
  });

  it('is a problem of its field where it cannot be read', async () => {
    await register('3.0.0', 'nowhere');
    const { problems } = fleet.automation.view()!;
    expect(problems).toEqual([
      expect.objectContaining({
        entity: 'edgeapplication:default/pos',
        field: 'spec.source.git',
        message: expect.stringContaining("'nowhere' of http://"),
      }),
    ]);
  });
});
