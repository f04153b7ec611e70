import { TestDatabases } from '@backstage/backend-test-utils';
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { migrationsFolder } from '../database/openDatabase';
import { createTestFleet, TestFleet } from './__testUtils__/TestFleet';

const LABS = path.resolve(__dirname, '../../../../examples/labs');
const BRANCH = 'delivery/shard-001';
const DAY = 24 * 60 * 60 * 1000;
const execute = promisify(execFile);
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

jest.setTimeout(300_000);

describe('a delivery branch that has its commits', () => {
  let folder: string;
  let labs: string;
  let now: number;
  let open: () => Promise<TestFleet>;

  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'res-edge-rerooting-'));
    labs = path.join(folder, 'labs');
    await fs.cp(LABS, labs, { recursive: true });
    now = Date.parse('2026-01-01T12:00:00Z');
    const knex = await databases.init('SQLITE_3');
    await knex.migrate.latest({ directory: migrationsFolder });
    open = () =>
      createTestFleet({
        knex,
        yamlFolder: labs,
        gitFolder: path.join(folder, 'gitops.git'),
        direct: ['*'],
        retention: { history: 3, retention: 30 * DAY },
        now: () => new Date(now),
      });
  });

  afterEach(async () => {
    await fs.rm(folder, { recursive: true, force: true });
  });

  /** Another value of one cluster: one more commit. */
  async function change(fleet: TestFleet, value: string) {
    const file = path.join(labs, 'clusters.yaml');
    const text = await fs.readFile(file, 'utf8');
    await fs.writeFile(
      file,
      text.replace(/posHost: [^,]+,/, `posHost: ${value}.example.com,`),
    );
    await fleet.sync();
  }

  async function release(
    fleet: TestFleet,
    application: string,
    version: string,
  ) {
    const file = path.join(labs, 'applications.yaml');
    const documents = (await fs.readFile(file, 'utf8')).split('\n---\n');
    await fs.writeFile(
      file,
      documents
        .map(text =>
          text.includes(`name: ${application}`)
            ? text.replace(/^ {2}version: .*$/m, `  version: ${version}`)
            : text,
        )
        .join('\n---\n'),
    );
    await fleet.sync();
  }

  it('begins anew with the next delivery, and is read as before', async () => {
    const fleet = await open();
    const { repository } = fleet;
    await fleet.sync();
    await change(fleet, 'one');
    await change(fleet, 'two');
    const full = await repository.log(BRANCH);
    expect(full).toHaveLength(3);
    // Nothing to deliver, no commit: clusters would wake for nothing.
    await fleet.sync();
    expect(await repository.log(BRANCH)).toHaveLength(3);
    const before = await repository.list(full[0].commit);

    // After a restart, too.
    const again = await open();
    await change(again, 'three');
    const [root, ...older] = await repository.log(BRANCH);
    expect(older).toEqual([]);
    expect(root.trailers.get('Follows')).toEqual([full[0].commit]);
    const changed = (await repository.list(root.commit)).filter(
      ({ path: file, hash }) =>
        before.find(entry => entry.path === file)?.hash !== hash,
    );
    expect(changed.map(entry => entry.path)).toEqual([
      expect.stringMatching(/^clusters\/[^/]+\/values\/kustomization\.yaml$/),
    ]);
    expect(await repository.archives()).toEqual(
      new Map([
        [`${BRANCH}/2026-01-01-${full[0].commit.slice(0, 12)}`, full[0].commit],
      ]),
    );
    expect(await repository.log(full[0].commit)).toEqual(full);

    // What is delivered is read from the new root; nothing is written again.
    const third = await open();
    await third.sync();
    expect(await repository.resolve(BRANCH)).toBe(root.commit);
    expect(third.automation.view()!.problems).toEqual([]);
    expect(third.automation.deliveryStatus().clusters).toBe(
      fleet.automation.deliveryStatus().clusters,
    );
  });

  it('lets its archive go after the retention time', async () => {
    const fleet = await open();
    const { repository } = fleet;
    await fleet.sync();
    for (const value of ['one', 'two', 'three']) await change(fleet, value);
    expect((await repository.archives()).size).toBe(1);
    now += 29 * DAY;
    await fleet.sync();
    expect((await repository.archives()).size).toBe(1);
    now += 2 * DAY;
    await fleet.sync();
    expect((await repository.archives()).size).toBe(0);
    expect(await repository.resolve(BRANCH)).toBeDefined();
  });

  it('lets revisions go that no bill names, though it began anew since', async () => {
    const fleet = await open();
    const { repository } = fleet;
    const revisionsOf = async (application: string) => {
      const pattern = new RegExp(`^apps/${application}/revisions/[^/]+`);
      const entries = await repository.list(
        (await repository.resolve(BRANCH))!,
      );
      return new Set(
        entries.flatMap(entry => pattern.exec(entry.path)?.[0] ?? []),
      );
    };
    await fleet.sync();
    const old = await revisionsOf('imdb');
    await release(fleet, 'imdb', '0.9.3');
    const both = await revisionsOf('imdb');
    const fresh = new Set([...both].filter(revision => !old.has(revision)));
    expect(fresh.size).toBe(old.size);
    now += 29 * DAY;
    await change(fleet, 'one');
    await change(fleet, 'two');
    expect(await repository.log(BRANCH)).toHaveLength(1);
    expect(await revisionsOf('imdb')).toEqual(both);

    // After a restart, too: since when is on the branch.
    const again = await open();
    now += 2 * DAY;
    await again.sync();
    // Not by a commit of its own.
    expect(await repository.log(BRANCH)).toHaveLength(1);
    await change(again, 'three');
    expect(await repository.log(BRANCH)).toHaveLength(2);
    expect(await revisionsOf('imdb')).toEqual(fresh);
    expect(
      await again.read(BRANCH, '.res-edge/unreferenced.yaml'),
    ).not.toContain('apps/imdb');
  });

  it('has the history of a cluster in a clone, across its archive', async () => {
    const fleet = await open();
    await fleet.sync();
    for (const value of ['one', 'two', 'three', 'four'])
      await change(fleet, value);
    const clone = path.join(folder, 'clone');
    const git = async (...args: string[]) =>
      (await execute('git', args)).stdout.trim();
    await git(
      ...['clone', '--quiet', '--single-branch', '--branch', BRANCH],
      ...[`file://${fleet.repository.folder}`, clone],
    );
    const inClone = (...args: string[]) => git('-C', clone, ...args);
    await inClone(
      'fetch',
      '--quiet',
      'origin',
      'refs/archive/*:refs/archive/*',
    );
    const cluster = (await inClone('diff', '--name-only', 'HEAD~'))
      .split('/')
      .slice(0, 2)
      .join('/');
    const valuesIn = async (tip: string) => {
      const log = await inClone('log', '--format=%H', tip, '--', cluster);
      return Promise.all(
        log.split('\n').map(async commit => {
          const file = `${commit}:${cluster}/values/kustomization.yaml`;
          const text = await inClone('show', file);
          return /posHost="([^."]+)/.exec(text)?.[1];
        }),
      );
    };
    expect(await valuesIn('HEAD')).toEqual(['four', 'three']);
    const follows = await inClone(
      ...['log', '-1', '--format=%(trailers:key=Follows,valueonly)', 'HEAD~'],
    );
    expect(await valuesIn(follows)).toEqual(['two', 'one', '10']);
  });

  it('shows what others wrote before it begins anew', async () => {
    const fleet = await open();
    const { repository } = fleet;
    await fleet.sync();
    await change(fleet, 'one');
    const tip = (await repository.resolve(BRANCH))!;
    const foreign = await repository.commit({
      branch: BRANCH,
      parent: tip,
      author: { name: 'Mallory', email: 'mallory@example.com' },
      message: 'Quick fix\n',
      changes: [{ path: 'apps/forged/x', content: 'x' }],
    });
    await change(fleet, 'two');
    const [head] = await repository.log(BRANCH);
    expect(head.parents).toEqual([foreign]);
    expect((await repository.archives()).size).toBe(0);
    await change(fleet, 'three');
    expect(await repository.log(BRANCH)).toHaveLength(1);
    expect([...(await repository.archives()).values()]).toEqual([head.commit]);
    const files = await repository.list((await repository.resolve(BRANCH))!);
    expect(files.map(entry => entry.path)).not.toContain('apps/forged/x');
  });
});
