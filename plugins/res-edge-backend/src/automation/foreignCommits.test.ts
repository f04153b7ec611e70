import { TestDatabases } from '@backstage/backend-test-utils';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { migrationsFolder } from '../database/openDatabase';
import { createTestFleet, TestFleet } from './__testUtils__/TestFleet';

const LABS = path.resolve(__dirname, '../../../../examples/labs');
const BRANCH = 'delivery/shard-001';
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

jest.setTimeout(120_000);

describe('what others commit to a delivery branch', () => {
  let folder: string;
  let open: () => Promise<TestFleet>;

  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'res-edge-foreign-'));
    const knex = await databases.init('SQLITE_3');
    await knex.migrate.latest({ directory: migrationsFolder });
    const gitFolder = path.join(folder, 'gitops.git');
    open = () =>
      createTestFleet({ knex, yamlFolder: LABS, gitFolder, direct: ['*'] });
  });

  afterEach(async () => {
    await fs.rm(folder, { recursive: true, force: true });
  });

  it.each([['by the same process'], ['after a restart']])(
    'is reported and replaced, %s',
    async when => {
      const first = await open();
      await first.sync();
      const { repository } = first;
      const tip = (await repository.resolve(BRANCH))!;
      const before = await repository.list(tip);
      const files = before.map(entry => entry.path);
      const revision = files.find(file => file.includes('/manifests/'))!;
      const flux = files.find(file => file.includes('/flux/'))!;
      const cluster = 'clusters/west-wa-sea-2301';
      const changes = [
        { path: revision, content: 'kind: ConfigMap\n' },
        { path: flux },
        { path: `${cluster}/kustomization.yaml`, content: 'resources: []\n' },
        { path: `${cluster}/extra.yaml`, content: 'kind: Secret\n' },
        { path: 'clusters/forged/kustomization.yaml', content: 'x' },
        { path: 'apps/forged/revisions/0a1b2c/flux/x.yaml', content: 'x' },
        { path: 'README.md', content: 'Mine.\n' },
      ];
      const foreign = await repository.commit({
        branch: BRANCH,
        parent: tip,
        author: { name: 'Mallory', email: 'mallory@example.com' },
        message: 'Quick fix\n',
        changes,
      });

      const fleet = when === 'after a restart' ? await open() : first;
      await fleet.sync();
      expect(fleet.automation.view()!.problems).toEqual([
        {
          entity: '',
          field: BRANCH,
          message: expect.stringMatching(
            /^Commit [0-9a-f]{12} of "Mallory" changed what Res-Edge alone writes \(.* and 5 more\); it is replaced$/,
          ),
        },
      ]);
      const after = (await repository.resolve(BRANCH))!;
      const left = (await repository.list(after)).filter(
        entry => entry.path !== 'README.md',
      );
      expect(left).toEqual(before);
      const [head] = await repository.log(after, { limit: 1 });
      expect(head.parents).toEqual([foreign]);
      expect(head.trailers.has('Plan')).toBe(true);

      await fleet.sync();
      expect(await repository.resolve(BRANCH)).toBe(after);
      expect(fleet.automation.view()!.problems).toEqual([]);
    },
  );

  it('is replaced where nothing of Res-Edge is left in its history', async () => {
    const fleet = await open();
    await fleet.sync();
    const { repository } = fleet;
    const tip = (await repository.resolve(BRANCH))!;
    const before = await repository.list(tip);
    await repository.commit({
      branch: BRANCH,
      parent: undefined,
      expected: { commit: tip },
      author: { name: 'Mallory', email: 'mallory@example.com' },
      message: 'From nothing\n',
      changes: [{ path: 'clusters/forged/kustomization.yaml', content: 'x' }],
    });
    await fleet.sync();
    expect(await repository.list((await repository.resolve(BRANCH))!)).toEqual(
      before,
    );
  });
});
